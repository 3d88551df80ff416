package finding

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

type baselineFile struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

// ReadBaseline reads what WriteBaseline wrote, and what a person made of it:
// entries in any order, the same one twice. path names the text in findings.
// With errors in the list, the Baseline is the zero one.
func ReadBaseline(path string, src []byte) (Baseline, List) {
	var file baselineFile
	if err := json.Unmarshal(src, &file); err != nil {
		return Baseline{}, List{badBaseline(placeOf(err, path, src), baselineSyntax(err))}
	}
	if file.Version != 1 {
		return Baseline{}, List{badBaseline(Range{Path: path}, fmt.Sprintf("the baseline has version %d, expected 1", file.Version))}
	}
	b, list := Baseline{entries: map[key]int{}}, List(nil)
	for i, e := range file.Findings {
		if wrong := e.wrong(); wrong != "" {
			list = append(list, badBaseline(Range{Path: path}, fmt.Sprintf("entry %d of the baseline has %s", i+1, wrong)))
		}
		b.entries[key{path: e.Path, slug: e.Slug, message: e.Message}] += e.Count
	}
	if list.HasErrors() {
		return Baseline{}, list
	}
	return b, nil
}

func badBaseline(at Range, message string) Finding {
	return Finding{Slug: "bad-baseline", Severity: Error, Message: message, At: at, Hint: "write the file anew from a run without a baseline"}
}

// wrong says what an entry lacks, or nothing. The path may be empty: so is that
// of a finding about the whole run.
func (e Entry) wrong() string {
	switch {
	case e.Slug == "":
		return "no slug"
	case e.Message == "":
		return "no message"
	case e.Count < 1:
		return fmt.Sprintf("count %d, expected 1 or more", e.Count)
	default:
		return ""
	}
}

func baselineSyntax(err error) string {
	var kind *json.UnmarshalTypeError
	if !errors.As(err, &kind) {
		return "the baseline is no JSON: " + err.Error()
	}
	// "number 1.5" and the like say the value, too.
	have, _, _ := strings.Cut(kind.Value, " ")
	want := map[reflect.Kind]string{reflect.Struct: "object", reflect.Slice: "array", reflect.Int: "whole number", reflect.String: "string"}[kind.Type.Kind()]
	if kind.Field == "" {
		return fmt.Sprintf("the baseline is of type %s, expected %s", have, want)
	}
	return fmt.Sprintf("%s in the baseline is of type %s, expected %s", kind.Field, have, want)
}

// placeOf gives the character at which the JSON decoder stopped. Its offset is
// behind the last byte that it read.
func placeOf(err error, path string, src []byte) Range {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := 0
	switch {
	case errors.As(err, &syntax):
		offset = int(syntax.Offset) - 1
	case errors.As(err, &kind):
		offset = int(kind.Offset) - 1
	}
	at := posOf(src, min(max(offset, 0), len(src)))
	return Range{Path: path, Start: at, End: Pos{Line: at.Line, Column: at.Column + 1, Byte: min(at.Byte+1, len(src))}}
}

func posOf(src []byte, offset int) Pos {
	line := 1 + bytes.Count(src[:offset], []byte("\n"))
	start := bytes.LastIndexByte(src[:offset], '\n') + 1
	return Pos{Line: line, Column: 1 + utf8.RuneCount(src[start:offset]), Byte: offset}
}
