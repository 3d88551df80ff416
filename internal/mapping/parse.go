package mapping

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// Parse reads a mapping written by hand: an object with rules, or (as
// keystone-manage takes it too) the list of rules alone. Findings say what
// Keystone's own check would refuse, and what could never match behind the httpd
// that fedstone renders.
func Parse(path string, src []byte) (Mapping, finding.List) {
	var m Mapping
	if err := decode(src, &m); err != nil {
		return Mapping{}, finding.List{problem("bad-mapping", at(path, src, err), "not a mapping that Keystone takes: "+plain(err), "")}
	}
	c := checker{path: path}
	c.mapping(m)
	return m, c.findings
}

func decode(src []byte, m *Mapping) error {
	d := json.NewDecoder(bytes.NewReader(src))
	d.DisallowUnknownFields()
	var err error
	if bytes.HasPrefix(bytes.TrimSpace(src), []byte("[")) {
		err = d.Decode(&m.Rules)
	} else {
		err = d.Decode(m)
	}
	if err == nil && d.More() {
		return errors.New("more text follows the mapping")
	}
	return err
}

// plain takes Go's own words out of a decoding error.
func plain(err error) string {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Sprintf("%s is a JSON %s, which does not belong there", wrong.Field, wrong.Value)
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

func at(path string, src []byte, err error) finding.Range {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	r := finding.Range{Path: path}
	switch {
	case errors.As(err, &syntax):
		r.Start = position(src, int(syntax.Offset)-1)
	case errors.As(err, &wrong):
		r.Start = position(src, int(wrong.Offset)-1)
	}
	r.End = r.Start
	return r
}

func position(src []byte, offset int) finding.Pos {
	offset = min(max(offset, 0), len(src))
	line := bytes.Count(src[:offset], []byte("\n")) + 1
	start := bytes.LastIndexByte(src[:offset], '\n') + 1
	return finding.Pos{Line: line, Column: utf8.RuneCount(src[start:offset]) + 1, Byte: offset}
}
