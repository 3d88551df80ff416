package metadata

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/subject"
)

// object reports whether a file was read and holds a JSON object.
func object(e *subject.Entry) bool {
	if e == nil || e.Doc == nil {
		return false
	}
	_, ok := e.Doc.Value.([]engine.Member)
	return ok
}

// members gives the members of a file; none where it is not there.
func members(e *subject.Entry) []engine.Member {
	if !object(e) {
		return nil
	}
	all, _ := e.Doc.Value.([]engine.Member)
	return all
}

// member gives a member of a file; nil where either is not there.
func member(e *subject.Entry, key string) *engine.Node {
	if e == nil {
		return nil
	}
	return e.Doc.Get(key)
}

// textOf gives a member's text; "" where there is none.
func textOf(e *subject.Entry, key string) string { return member(e, key).Text() }

// listOf gives the texts of a list; ok is false where the member is no list.
func listOf(e *subject.Entry, key string) (texts []string, ok bool) {
	n := member(e, key)
	if n == nil {
		return nil, false
	}
	items, ok := n.Value.([]*engine.Node)
	for _, item := range items {
		texts = append(texts, item.Text())
	}
	return texts, ok
}

// integer gives an integer; ok is false for anything else.
func integer(n *engine.Node) (value int64, ok bool) {
	if n == nil {
		return 0, false
	}
	number, ok := n.Value.(json.Number)
	if !ok {
		return 0, false
	}
	value, err := number.Int64()
	return value, err == nil
}

// sameWords compares response types, whose words have no order.
func sameWords(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// written is a fix that writes another value in place of one.
func written(n *engine.Node, text string) *finding.Fix {
	return &finding.Fix{Title: "write " + text, Edits: []finding.Edit{{At: n.At, Text: text}}}
}

// quoted writes a text as JSON does.
func quoted(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(text) != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
