package templates

import (
	"archive/tar"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// within reads a text that is a whole file by itself: what is carried in a Secret, in an
// archive, in a value of YAML. It is nil for a text of one line, which is a value.
func within(text string) []saying {
	if raw, err := base64.StdEncoding.DecodeString(text); err == nil && len(raw) > 64 && utf8.Valid(raw) {
		text = string(raw)
	}
	if !strings.Contains(text, "\n") {
		return nil
	}
	var value any
	if json.Unmarshal([]byte(text), &value) == nil {
		return flat(nil, value)
	}
	if httpdLine.MatchString(text) {
		if out, err := saidByHTTPD([]byte(text)); err == nil {
			return out
		}
	}
	if out, err := saidByPython([]byte(text)); err == nil {
		return out
	}
	return saidByLines([]byte(text))
}

// httpdLine begins a line of no other format that is carried.
var httpdLine = regexp.MustCompile(`(?m)^[ \t]*(<[A-Z][A-Za-z]+ |OIDC[A-Za-z]+ |RequestHeader )`)

// saidByArchive reads the members: their names, and what each says.
func saidByArchive(text []byte) (out []saying, err error) {
	for r := tar.NewReader(bytes.NewReader(text)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		content, err2 := io.ReadAll(r)
		if err := errors.Join(err, err2); err != nil {
			return nil, err
		}
		out = append(out, saying{"member", h.Name})
		for _, s := range within(string(content)) {
			out = append(out, append(saying{"in a member"}, s...))
		}
	}
}
