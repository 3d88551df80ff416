package apply

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Rule is one rule of a mapping that differs. Numbers count from 1; 0 is that of
// a rule which is not there. Old and New hold the rule's parts one a line, such
// as `remote {"type": …}`.
type Rule struct {
	Was int      `json:"was,omitempty"`
	Is  int      `json:"is,omitempty"`
	Old []string `json:"old,omitempty"`
	New []string `json:"new,omitempty"`
}

// String is the rule's heading.
func (r Rule) String() string {
	switch {
	case r.Was == 0:
		return fmt.Sprintf("rule %d is new", r.Is)
	case r.Is == 0:
		return fmt.Sprintf("rule %d goes", r.Was)
	case r.Was != r.Is:
		return fmt.Sprintf("rule %d, which was %d", r.Is, r.Was)
	}
	return fmt.Sprintf("rule %d", r.Is)
}

// Lines are the rule's parts, those that go with "- " before them, those that
// come with "+ ", the others with two spaces.
func (r Rule) Lines() []string {
	if len(r.Old) == 0 || len(r.New) == 0 {
		return append(prefixed("- ", r.Old), prefixed("+ ", r.New)...)
	}
	var out []string
	for line := range strings.Lines(string(diff.Diff("", joined(r.Old), "", joined(r.New)))) {
		if mark := line[0]; !strings.HasPrefix(line, "diff ") && !strings.HasPrefix(line, "---") && !strings.HasPrefix(line, "+++") && mark != '@' {
			out = append(out, line[:1]+" "+strings.TrimSuffix(line[1:], "\n"))
		}
	}
	return out
}

func prefixed(prefix string, lines []string) (out []string) {
	for _, line := range lines {
		out = append(out, prefix+line)
	}
	return out
}

func joined(lines []string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }

// parts writes a rule one part a line, in one way only: equal meaning is equal
// text. What is not shaped like a rule is one part.
func parts(rule json.RawMessage) ([]string, error) {
	var shape struct{ Local, Remote []json.RawMessage }
	var keys map[string]json.RawMessage
	if json.Unmarshal(rule, &shape) != nil || json.Unmarshal(rule, &keys) != nil || len(keys) != 2 || keys["local"] == nil || keys["remote"] == nil {
		text, err := canonical(rule)
		return []string{text}, err
	}
	var out []string
	for _, side := range []struct {
		name  string
		parts []json.RawMessage
	}{{"remote", shape.Remote}, {"local", shape.Local}} {
		for _, part := range side.parts {
			text, err := canonical(part)
			if err != nil {
				return nil, err
			}
			out = append(out, side.name+" "+text)
		}
	}
	return out, nil
}

// canonical writes JSON on one line with sorted keys; numbers stay as they are.
func canonical(raw json.RawMessage) (string, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return "", err
	}
	return show(value), nil
}
