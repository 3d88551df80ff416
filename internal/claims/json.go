package claims

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// maxDepth is jansson's JSON_PARSER_MAX_DEPTH: httpd's modules read no deeper.
const maxDepth = 2048

// json reads the input as one JSON object.
func (s *source) json() (*Claims, finding.List) {
	o, list := s.object()
	if list.HasErrors() {
		return nil, list
	}
	return &Claims{Form: JSON, Object: o}, append(list, s.answerOfIssuer(o)...)
}

// object reads the whole text as an object (RFC 8259).
func (s *source) object() (Object, finding.List) {
	r := &reader{src: s}
	v, err := r.document()
	if f, ok := err.(*fault); ok {
		return nil, s.refuse(f.slug, f.from, f.to, f.message, f.hint)
	}
	o, ok := v.(Object)
	if !ok {
		return nil, s.refuse("claims-not-object", 0, len(s.text), kindOf(v)+", expected an object whose members are claims", mend)
	}
	return o, r.findings
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case string:
		return "a string"
	case List:
		return "an array"
	default:
		return "an object"
	}
}

// fault is why a text is not read, and where.
type fault struct {
	slug, message, hint string
	from, to            int
}

func (f *fault) Error() string { return f.message }

// reader reads JSON strictly, keeping order and the spelling of numbers.
type reader struct {
	src      *source
	at       int
	depth    int
	findings finding.List
}

func (r *reader) document() (any, error) {
	v, err := r.value()
	if err != nil {
		return nil, err
	}
	if r.blank(); r.at < len(r.src.text) {
		return nil, r.unexpected("the end of the input")
	}
	return v, nil
}

func (r *reader) blank() {
	for r.at < len(r.src.text) && strings.IndexByte(" \t\r\n", r.src.text[r.at]) >= 0 {
		r.at++
	}
}

// unexpected is the fault at the present place.
func (r *reader) unexpected(expected string) error {
	f := &fault{slug: "claims-json", from: r.at, to: r.at + 1}
	if rest := r.src.text[r.at:]; len(rest) == 0 {
		f.message, f.hint = "the input ends here, expected "+expected, "the end seems to be missing: copy the whole object"
	} else {
		c, size := utf8.DecodeRune(rest)
		f.to = r.at + size
		f.message, f.hint = fmt.Sprintf("%q is not JSON here, expected %s", c, expected), hintFor(rest)
	}
	return f
}

// hintFor knows the common mistakes.
func hintFor(rest []byte) string {
	switch {
	case rest[0] == '\'':
		return "JSON strings stand in double quotes"
	case rest[0] == '}' || rest[0] == ']':
		return "take the comma before it away"
	case bytes.HasPrefix(rest, []byte("NaN")) || bytes.HasPrefix(rest, []byte("Infinity")) || bytes.HasPrefix(rest, []byte("-Infinity")):
		return "JSON has no such number; a token cannot carry it"
	case bytes.HasPrefix(rest, []byte("True")) || bytes.HasPrefix(rest, []byte("False")) || bytes.HasPrefix(rest, []byte("None")):
		return "this is Python's spelling; JSON writes true, false, null"
	case rest[0] == '/' || rest[0] == '#':
		return "JSON has no comments"
	default:
		return ""
	}
}

func (r *reader) value() (any, error) {
	r.blank()
	rest := r.src.text[r.at:]
	switch {
	case len(rest) == 0:
		return nil, r.unexpected("a value")
	case rest[0] == '{' || rest[0] == '[':
		return r.nested(rest[0])
	case rest[0] == '"':
		return r.text()
	case rest[0] == '-' || rest[0] >= '0' && rest[0] <= '9':
		return r.number()
	}
	return r.literal(rest)
}

func (r *reader) nested(open byte) (any, error) {
	if r.depth++; r.depth > maxDepth {
		return nil, &fault{"claims-json", fmt.Sprintf("nested deeper than %d levels, where the JSON library of httpd's modules gives up", maxDepth), "flatten the claim", r.at, r.at + 1}
	}
	defer func() { r.depth-- }()
	r.at++
	if open == '{' {
		return r.members()
	}
	return r.items()
}

func (r *reader) literal(rest []byte) (any, error) {
	for word, v := range map[string]any{"true": true, "false": false, "null": nil} {
		if bytes.HasPrefix(rest, []byte(word)) {
			r.at += len(word)
			return v, nil
		}
	}
	return nil, r.unexpected("a value")
}
