package templates

import (
	"encoding/json"
	"fmt"
	"strings"
)

// yamlString writes a double-quoted scalar: JSON strings are YAML 1.2 ones.
func yamlString(value string) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
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
	var out []yamlLine
	for i, line := range strings.Split(string(text), "\n") {
		body := strings.TrimLeft(line, " ")
		if body == "" || body[0] == '#' {
			continue
		}
		key, rest, err := yamlScalar(body)
		rest, ok := strings.CutPrefix(rest, ":")
		if err != nil || !ok {
			return nil, fmt.Errorf("line %d has no key", i+1)
		}
		value, rest, err := yamlScalar(strings.TrimPrefix(rest, " "))
		if err != nil || rest != "" {
			return nil, fmt.Errorf("line %d has no value of the expected form", i+1)
		}
		out = append(out, yamlLine{(len(line) - len(body)) / 2, key, value})
	}
	return out, nil
}

// yamlScalar reads one word or JSON string from the front.
func yamlScalar(text string) (value, rest string, err error) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexFunc(text, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
		if end < 0 {
			end = len(text)
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
	err = json.Unmarshal([]byte(text[:end+1]), &value)
	return value, text[end+1:], err
}
