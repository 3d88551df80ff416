package oidc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxDepth bounds the nesting of any JSON we read; real documents need five.
const maxDepth = 32

// Object is a JSON object whose names are unique and matched by exact case.
type Object map[string]json.RawMessage

// ParseObject reads one JSON object strictly: valid UTF-8, no duplicate names
// at any level, no two names at the top that differ by case alone, nothing
// after the end (RFC 8259 section 4 leaves all of this to the reader, and readers
// differ). The error is of kind NotJSON or Malformed; its At is empty.
func ParseObject(raw []byte) (Object, error) {
	if !utf8.Valid(raw) {
		return nil, malformed("", "the text is not valid UTF-8", "")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := object(dec); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, malformed("", "there is more text after the JSON object", "one object")
	}
	out := Object{}
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, notJSON(raw)
	}
	return out, out.caseVariants()
}

func object(dec *json.Decoder) error {
	first, err := dec.Token()
	if err != nil {
		return &Error{Kind: NotJSON, Got: "the text is not JSON", Want: "a JSON object", Err: err}
	}
	if first != json.Delim('{') {
		return &Error{Kind: NotJSON, Got: fmt.Sprintf("the text starts with %.20q", fmt.Sprint(first)), Want: "a JSON object"}
	}
	return members(dec, 1)
}

func members(dec *json.Decoder, depth int) error {
	seen := map[string]bool{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return badJSON(err)
		}
		if seen[name.(string)] {
			return malformed("", fmt.Sprintf("the name %.60q stands twice in one object", name), "unique names")
		}
		seen[name.(string)] = true
		if err := value(dec, depth); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return badJSON(err)
}

func value(dec *json.Decoder, depth int) error {
	tok, err := dec.Token()
	if err != nil {
		return badJSON(err)
	}
	if depth >= maxDepth {
		return malformed("", "the JSON is nested too deeply", fmt.Sprintf("at most %d levels", maxDepth))
	}
	switch tok {
	case json.Delim('{'):
		return members(dec, depth+1)
	case json.Delim('['):
		return elements(dec, depth+1)
	default:
		return nil
	}
}

func elements(dec *json.Decoder, depth int) error {
	for dec.More() {
		if err := value(dec, depth); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return badJSON(err)
}

func badJSON(err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: NotJSON, Got: "the text is not JSON: " + err.Error(), Want: "a JSON object", Err: err}
}

func notJSON(raw []byte) error {
	return &Error{Kind: NotJSON, Got: "the text is not JSON: " + Excerpt(string(raw), 60), Want: "a JSON object"}
}

func (o Object) caseVariants() error {
	seen := map[string]string{}
	for name := range o {
		folded := strings.ToLower(name)
		if other, ok := seen[folded]; ok {
			return malformed("", fmt.Sprintf("the names %.60q and %.60q differ by case alone", min(name, other), max(name, other)), "one of them")
		}
		seen[folded] = name
	}
	return nil
}

// Text gives a string member. Absent is "", any other type (null too) an error.
func (o Object) Text(name string) (string, error) {
	var out *string
	return deref(o.into(name, "a string", &out), out)
}

// Truth gives a boolean member. Absent is false, any other type (null too) an error.
func (o Object) Truth(name string) (bool, error) {
	var out bool
	err := o.into(name, "true or false", &out)
	return out, err
}

// Number gives a member that is a whole number. Absent is 0.
func (o Object) Number(name string) (int64, error) {
	var out int64
	err := o.into(name, "a whole number", &out)
	return out, err
}

// Texts gives a member that is a list of strings. Absent is nil.
func (o Object) Texts(name string) ([]string, error) {
	var raw []*string
	if err := o.into(name, "a list of strings", &raw); err != nil {
		return nil, err
	}
	var out []string
	for _, s := range raw {
		if s == nil {
			return nil, malformed("", fmt.Sprintf("%q holds null", name), "a list of strings")
		}
		out = append(out, *s)
	}
	return out, nil
}

func (o Object) into(name, want string, target any) error {
	raw, ok := o[name]
	if !ok {
		return nil
	}
	if string(raw) == "null" || json.Unmarshal(raw, target) != nil {
		return malformed("", fmt.Sprintf("%q is %s", name, Excerpt(string(raw), 40)), want)
	}
	return nil
}

func deref(err error, s *string) (string, error) {
	if err != nil || s == nil {
		return "", err
	}
	return *s, nil
}
