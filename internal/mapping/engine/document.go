package engine

import (
	"errors"

	"github.com/fedstone/fedstone/internal/finding"
)

// Document is a mapping as it is written: the rules, and what schema version it
// states ("" when none).
type Document struct {
	Path          string
	Rules         []*Node // the items of rules
	SchemaVersion string
	Root          *Node // the object that holds rules, or the bare list of them
}

// Read reads a mapping: an object with rules, the list of rules alone (as
// keystone-manage takes it), or an object with that under mapping (as the API
// gives it). The findings are about text that is no JSON, or holds no rules;
// what Keystone's schema says of the rules is Check's matter.
func Read(path string, src []byte) (*Document, finding.List) {
	root, err := readJSON(path, src)
	if err != nil {
		return nil, finding.List{badJSON(path, src, err)}
	}
	if inner := root.Get("mapping"); inner != nil && root.Get("rules") == nil {
		root = inner
	}
	doc := &Document{Path: path, Root: root, Rules: root.Items()}
	if members, ok := root.Value.([]Member); ok {
		doc.Rules, doc.SchemaVersion = root.Get("rules").Items(), root.Get("schema_version").Text()
		return doc, missingRules(members, root)
	}
	if _, ok := root.Value.([]*Node); !ok {
		return nil, finding.List{notMapping(root, "this JSON is no mapping")}
	}
	return doc, nil
}

func badJSON(path string, src []byte, err error) finding.Finding {
	at := finding.Range{Path: path}
	var where syntax
	if errors.As(err, &where) {
		at.Start = position(src, where.offset)
		at.End = at.Start
	}
	return finding.Finding{
		Slug: "bad-json", Severity: finding.Error, At: at,
		Message: "not JSON: " + err.Error(), Hint: `a mapping is {"rules": [{"local": […], "remote": […]}]}`,
	}
}

func missingRules(members []Member, root *Node) finding.List {
	for _, m := range members {
		if m.Key == "rules" {
			return nil
		}
	}
	return finding.List{notMapping(root, `this object has no "rules"`)}
}

func notMapping(root *Node, what string) finding.Finding {
	return finding.Finding{
		Slug: "bad-mapping", Severity: finding.Error, At: root.At,
		Message: what + ", expected an object with rules, or a list of rules",
		Hint:    `{"rules": [{"local": […], "remote": […]}]}`,
	}
}

// ReadJSON reads any JSON, with the place of every value, as Python does. The list
// is empty or holds why it is none; its finding's hint is the caller's to give.
func ReadJSON(path string, src []byte) (*Node, finding.List) {
	root, err := readJSON(path, src)
	if err != nil {
		f := badJSON(path, src, err)
		f.Hint = ""
		return nil, finding.List{f}
	}
	return root, nil
}
