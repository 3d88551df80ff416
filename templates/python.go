package templates

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// setting is one assignment of a settings module. Values are bool, string,
// []any (a tuple) and []entry (a dict).
type setting struct {
	name  string
	value any
}

type entry struct {
	key   string
	value any
}

// pythonString writes a string literal of printable ASCII.
func pythonString(value string) (string, error) {
	if !utf8.ValidString(value) {
		return "", errors.New("a value is not valid UTF-8")
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range value {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= 0x20 && r < 0x7f:
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String(), nil
}

// readPython reads the small part of Python that settings are written in.
func readPython(text []byte) ([]setting, error) {
	r := &pythonReader{rest: string(text)}
	var out []setting
	for r.skip(); r.rest != ""; r.skip() {
		name := r.word()
		if name == "" || !r.take("=") {
			return nil, errors.New("an assignment is expected")
		}
		value, err := r.value()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, setting{name, value})
	}
	return out, nil
}

type pythonReader struct{ rest string }

// skip passes over white space and comments.
func (r *pythonReader) skip() {
	for {
		r.rest = strings.TrimLeft(r.rest, " \n")
		if !strings.HasPrefix(r.rest, "#") {
			return
		}
		_, r.rest, _ = strings.Cut(r.rest, "\n")
	}
}

func (r *pythonReader) take(token string) bool {
	r.skip()
	rest, ok := strings.CutPrefix(r.rest, token)
	if ok {
		r.rest = rest
	}
	return ok
}

func (r *pythonReader) word() string {
	end := strings.IndexFunc(r.rest, func(c rune) bool { return c != '_' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') })
	if end < 0 {
		end = len(r.rest)
	}
	word := r.rest[:end]
	r.rest = r.rest[end:]
	return word
}

func (r *pythonReader) value() (any, error) {
	r.skip()
	switch {
	case strings.HasPrefix(r.rest, `"`):
		return r.text()
	case r.take("("):
		return r.tuple()
	case r.take("{"):
		return r.dict()
	}
	switch word := r.word(); word {
	case "True", "False":
		return word == "True", nil
	}
	return nil, errors.New("a value is expected")
}

// text reads a string literal. Its escapes are a part of Go's.
func (r *pythonReader) text() (string, error) {
	quoted, err := strconv.QuotedPrefix(r.rest)
	if err != nil {
		return "", err
	}
	r.rest = r.rest[len(quoted):]
	return strconv.Unquote(quoted)
}

func (r *pythonReader) tuple() (any, error) {
	out := []any{}
	for !r.take(")") {
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		if !r.take(",") && !strings.HasPrefix(r.rest, ")") {
			return nil, errors.New("a comma is expected")
		}
	}
	return out, nil
}

func (r *pythonReader) dict() (any, error) {
	var out []entry
	for !r.take("}") {
		r.skip()
		key, err := r.text()
		if err != nil || !r.take(":") {
			return nil, errors.New("a key and a colon are expected")
		}
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		out = append(out, entry{key, v})
		if !r.take(",") && !strings.HasPrefix(r.rest, "}") {
			return nil, errors.New("a comma is expected")
		}
	}
	return out, nil
}
