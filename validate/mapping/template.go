package mapping

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
)

// raises gives what str.format raises for a text of a rule when every direct entry
// brings one plain value; nil where it raises nothing.
func (x *oneRule) raises(t *text) *python.Exception {
	args := make([]python.Arg, len(x.direct))
	for i := range args {
		args[i].Values = []string{"x"}
	}
	_, err := t.template.Append(nil, args, python.Default())
	var raised *python.Exception
	if errors.As(err, &raised) {
		return raised
	}
	return nil
}

// beyond gives the first placeholder that no direct entry stands for.
func (x *oneRule) beyond(t *text) (index int, ok bool) {
	if raised := x.raises(t); raised == nil || raised.Class != "IndexError" {
		return 0, false
	}
	for _, n := range t.template.Placeholders() {
		if n >= len(x.direct) {
			return n, true
		}
	}
	return 0, false
}

// named gives the word of a placeholder that is a name, such as {email}.
func (x *oneRule) named(t *text) (name string, ok bool) {
	if raised := x.raises(t); raised == nil || raised.Class != "KeyError" {
		return "", false
	}
	for rest := t.node.Text(); ; {
		_, after, found := strings.Cut(rest, "{")
		word, _, closed := strings.Cut(after, "}")
		if !found || !closed {
			return "", false
		}
		if isName(word) {
			return word, true
		}
		rest = after
	}
}

func isName(word string) bool {
	for i, c := range word {
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c != '-' && c != '.' && (c < '0' || c > '9')) {
			return false
		}
	}
	return word != ""
}

// renumber gives the text with one placeholder in the place of another, and a fix
// that writes it.
func renumber(t *text, from string, to int) *finding.Fix {
	text := strings.ReplaceAll(t.node.Text(), "{"+from+"}", fmt.Sprintf("{%d}", to))
	return rewrite(fmt.Sprintf("write {%d} for {%s}", to, from), t.node, text)
}

// entries says how many direct entries a rule has, and which.
func (x *oneRule) entries() string {
	if len(x.direct) == 0 {
		return "no entry that placeholders count"
	}
	var parts []string
	for _, q := range x.direct {
		parts = append(parts, fmt.Sprintf("{%d} is %s", q.number, q.typeOf()))
	}
	return strings.Join(parts, ", ")
}
