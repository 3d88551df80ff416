package templates

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"text/template"
)

// mark encloses a hole in an executed template. No template text contains it.
const mark = "@@"

// slot is the place of a value among the values of a sheet. A template may only
// hand it to `arg`; printed by itself it leaves a mark that compile refuses.
type slot int

// String gives what no sheet accepts.
func (s slot) String() string { return mark + "slot written without arg" + mark }

// piece is a part of an argument: fixed text, or the value of a slot.
type piece struct {
	text string
	slot slot // -1: text
}

// argument is what one hole stands for: pieces joined, quoted as one.
type argument []piece

func (a argument) value(values []string) string {
	if len(a) == 1 && a[0].slot >= 0 {
		return values[a[0].slot]
	}
	var b strings.Builder
	for _, p := range a {
		if p.slot < 0 {
			b.WriteString(p.text)
		} else {
			b.WriteString(values[p.slot])
		}
	}
	return b.String()
}

// segment is a run of fixed text and what follows it: a hole, a run of other
// sheets (each), or nothing.
type segment struct {
	text string
	hole int    // index into arguments; -1: none
	each string // name of the sheets that stand here; "": none
}

// sheet is an executed template: fixed text with holes.
type sheet struct {
	text      string // with marks: the statement of what is meant
	segments  []segment
	arguments []argument
}

// compile executes a template. Besides funcs it may use `arg`, which joins slots
// and fixed texts to one argument, and `each`, which stands for the sheets of
// that name, one for every identity provider.
func compile(t *template.Template, name string, data map[string]any, funcs template.FuncMap) (*sheet, error) {
	t, err := t.Clone()
	if err != nil {
		return nil, err
	}
	s := &sheet{}
	t.Funcs(funcs).Funcs(template.FuncMap{"arg": s.arg, "each": each})
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("template %s: %w", name, err)
	}
	s.text = b.String()
	return s, s.split(name)
}

func (s *sheet) arg(parts ...any) (string, error) {
	var a argument
	for _, p := range parts {
		switch p := p.(type) {
		case slot:
			a = append(a, piece{slot: p})
		case string:
			a = append(a, piece{text: p, slot: -1})
		default:
			return "", fmt.Errorf("arg: %T is neither a slot nor fixed text", p)
		}
	}
	s.arguments = append(s.arguments, a)
	return mark + strconv.Itoa(len(s.arguments)-1) + mark, nil
}

const eachPrefix = "each:"

func each(name string) string { return mark + eachPrefix + name + mark }

func (s *sheet) split(name string) error {
	parts := strings.Split(s.text, mark)
	for i := 0; i < len(parts)-1; i += 2 {
		seg := segment{text: parts[i], hole: -1}
		n, err := strconv.Atoi(parts[i+1])
		what, isEach := strings.CutPrefix(parts[i+1], eachPrefix)
		switch {
		case err == nil:
			seg.hole = n
		case isEach:
			seg.each = what
		default:
			return fmt.Errorf("template %s: %s", name, parts[i+1])
		}
		s.segments = append(s.segments, seg)
	}
	s.segments = append(s.segments, segment{text: parts[len(parts)-1], hole: -1})
	return nil
}

// quoter writes one argument for a format.
type quoter func(value string) (string, error)

// fill lays values into the holes. runs gives what stands in the place of an
// `each`.
func (s *sheet) fill(b *bytes.Buffer, values []string, quote quoter, runs func(*bytes.Buffer, string) error) error {
	for _, seg := range s.segments {
		b.WriteString(seg.text)
		switch {
		case seg.hole >= 0:
			quoted, err := quote(s.arguments[seg.hole].value(values))
			if err != nil {
				return err
			}
			b.WriteString(quoted)
		case seg.each != "":
			if err := runs(b, seg.each); err != nil {
				return err
			}
		}
	}
	return nil
}
