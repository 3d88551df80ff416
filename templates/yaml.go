package templates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// yamlString writes a double-quoted scalar: a JSON string is a YAML 1.2 one, but
// for characters that JSON takes as they are and YAML calls not printable.
func yamlString(value string) (string, error) {
	text, err := json.Marshal(value)
	if err != nil || !strings.ContainsFunc(string(text), notYAML) {
		return string(text), err
	}
	var b strings.Builder
	for _, r := range string(text) {
		if notYAML(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String(), nil
}

// notYAML tells characters outside of YAML's c-printable (YAML 1.2, section 5.1)
// that json.Marshal leaves.
func notYAML(r rune) bool {
	return r >= 0x7f && r < 0xa0 || r == 0xfeff || r == 0xfffe || r == 0xffff
}

// yamlLine is one line of nested mappings. Value is "" where a mapping follows.
type yamlLine struct {
	depth      int
	key, value string
}

// readYAML reads the part of YAML that clouds.yaml.tmpl is written in: nested
// mappings, one key a line, two blanks a level, keys and values plain words or
// JSON strings. A general reader takes half of the time of all rendering; a test
// holds this one against it.
func readYAML(text []byte) ([]yamlLine, error) {
	out := make([]yamlLine, 0, bytes.Count(text, []byte("\n")))
	number := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		number++
		body := strings.TrimLeft(line, " ")
		if body == "" || body[0] == '#' {
			continue
		}
		key, rest, err := yamlScalar(body)
		rest, ok := strings.CutPrefix(rest, ":")
		if err != nil || !ok {
			return nil, fmt.Errorf("line %d has no key", number)
		}
		value, rest, err := yamlScalar(strings.TrimPrefix(rest, " "))
		if err != nil || rest != "" {
			return nil, fmt.Errorf("line %d has no value of the expected form", number)
		}
		out = append(out, yamlLine{(len(line) - len(body)) / 2, key, value})
	}
	return out, nil
}

// notPlain tells characters that may mean another than themselves in a string.
func notPlain(r rune) bool { return r < 0x20 || r >= 0x7f || r == '\\' }

// ofWord tells the characters of a plain word. One that begins with a digit could be
// a number.
func ofWord(c byte, at int) bool {
	return c == '_' || c >= 'a' && c <= 'z' || at > 0 && c >= '0' && c <= '9'
}

// yamlScalar reads one word or JSON string from the front.
func yamlScalar(text string) (value, rest string, err error) {
	if !strings.HasPrefix(text, `"`) {
		end := 0
		for end < len(text) && ofWord(text[end], end) {
			end++
		}
		return text[:end], text[end:], nil
	}
	end := 1
	for end < len(text) && text[end] != '"' {
		if text[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(text) {
		return "", "", fmt.Errorf("a string is not closed")
	}
	if inner := text[1:end]; !strings.ContainsFunc(inner, notPlain) {
		return inner, text[end+1:], nil
	}
	err = json.Unmarshal([]byte(text[:end+1]), &value)
	return value, text[end+1:], err
}
