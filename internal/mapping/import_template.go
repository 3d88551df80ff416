package mapping

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// template writes claims in the place of numbers; what it names is then used.
func (r *ruleImport) template(n *engine.Node, what string, fail func(finding.Range, string, string)) spec.Text {
	text, entries, ok := r.inNames(n, what, fail)
	if !ok {
		return spec.Text{}
	}
	for _, e := range entries {
		e.used = true
	}
	return textAt(text, n)
}

// inNames gives a text with claims in the place of numbers, and their entries.
func (r *ruleImport) inNames(n *engine.Node, what string, fail func(finding.Range, string, string)) (text string, entries []*directEntry, ok bool) {
	pieces, err := numbered(n.Text())
	switch {
	case err != nil:
		fail(n.At, fmt.Sprintf("has %s %q: %v", what, n.Text(), err), "")
		return "", nil, false
	case n.Text() == "":
		fail(n.At, fmt.Sprintf("has an empty %s, which named rules do not have", what), "")
		return "", nil, false
	}
	for _, p := range pieces {
		if text += p.text; p.number < 0 {
			continue
		}
		e := r.numberedEntry(p.number)
		if e == nil {
			fail(n.At, fmt.Sprintf("has %s %q, but {%d} stands for nothing: it has %d direct entries, and Keystone answers 500", what, n.Text(), p.number, len(r.entry)), "")
			return "", nil, false
		}
		text, entries = text+"{"+e.claim+"}", append(entries, e)
	}
	return text, entries, true
}

func (r *ruleImport) numberedEntry(n int) *directEntry {
	if n >= len(r.entry) {
		return nil
	}
	return r.entry[n]
}

// onlyEntry gives the entry of a text that is one placeholder alone; nil when
// that stands for nothing.
func (r *ruleImport) onlyEntry(n *engine.Node) (e *directEntry, alone bool) {
	pieces, err := numbered(n.Text())
	if err != nil || len(pieces) != 1 || pieces[0].number < 0 {
		return nil, false
	}
	return r.numberedEntry(pieces[0].number), true
}

// piece is a text, or the number of a direct entry.
type piece struct {
	text   string
	number int // -1 for a text
}

var errNotPlain = errors.New("named rules know whole claims in braces only")

// numbered takes a text of Python's str.format apart, as far as it holds plain
// numbers: {0}, or {} which counts by itself.
func numbered(text string) ([]piece, error) {
	var pieces []piece
	var fields numbering
	for {
		before, rest, found := strings.Cut(text, "{")
		if strings.Contains(before, "}") || strings.HasPrefix(rest, "{") {
			return nil, errors.New("named rules cannot hold a brace that is meant as itself")
		}
		if before != "" {
			pieces = append(pieces, piece{before, -1})
		}
		if !found {
			return pieces, nil
		}
		field, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, errNotPlain
		}
		n, err := fields.number(field)
		if err != nil {
			return nil, err
		}
		pieces, text = append(pieces, piece{"", n}), after
	}
}

// numbering counts the fields of a text that have no number, and those that have.
type numbering struct{ counted, written int }

// number gives a field's number. Python refuses a text with both kinds.
func (f *numbering) number(field string) (int, error) {
	n, err := strconv.ParseUint(field, 10, 16)
	switch {
	case field == "":
		n = uint64(f.counted)
		f.counted++
	case err != nil:
		return 0, errNotPlain
	default:
		f.written++
	}
	if f.counted > 0 && f.written > 0 {
		return 0, errors.New("{} and {0} are mixed, which Python refuses")
	}
	return int(n), nil
}
