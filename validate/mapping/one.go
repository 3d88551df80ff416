package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/python"
)

// oneRule is a rule of a mapping. direct are the requirements that placeholders
// count, in their order; texts are the strings of local that Keystone formats.
type oneRule struct {
	document *document
	number   int
	node     *engine.Node
	remote   []*requirement
	direct   []*requirement
	local    []*engine.Node
	texts    []*text
}

// requirement is an item of remote. number is the placeholder that stands for it,
// -1 for a condition.
type requirement struct {
	node   *engine.Node
	name   *engine.Node // of the type
	kind   engine.Kind
	list   *engine.Node // nil of a direct entry
	regex  bool
	number int
}

func read(d *document, number int, n *engine.Node) *oneRule {
	x := &oneRule{document: d, number: number, node: n, local: n.Get("local").Items()}
	for _, item := range n.Get("remote").Items() {
		q := readRequirement(item)
		if q.number = -1; !q.condition() {
			q.number = len(x.direct)
			x.direct = append(x.direct, q)
		}
		x.remote = append(x.remote, q)
	}
	for _, item := range x.local {
		x.texts = append(x.texts, textsOf(item, item, nil)...)
	}
	return x
}

// readRequirement looks for the lists in Keystone's order (RuleProcessor,
// _verify_all_requirements).
func readRequirement(n *engine.Node) *requirement {
	q := &requirement{node: n, name: n.Get("type"), kind: engine.Direct, regex: n.Get("regex").IsTrue()}
	for _, kind := range []engine.Kind{engine.AnyOneOf, engine.NotAnyOf, engine.Blacklist, engine.Whitelist} {
		if list := n.Get(string(kind)); list != nil {
			q.kind, q.list = kind, list
			break
		}
	}
	return q
}

// condition reports whether placeholders pass over the requirement.
func (q *requirement) condition() bool {
	return q.kind == engine.AnyOneOf || q.kind == engine.NotAnyOf
}

// filters reports whether the requirement keeps values from a claim.
func (q *requirement) filters() bool {
	return q.kind == engine.Whitelist || q.kind == engine.Blacklist
}

// String names the rule in a message.
func (x *oneRule) String() string { return fmt.Sprintf("rule %d", x.number) }

// of gives the requirements of some kinds.
func (x *oneRule) of(kinds ...engine.Kind) []*requirement {
	var out []*requirement
	for _, q := range x.remote {
		if slices.Contains(kinds, q.kind) {
			out = append(out, q)
		}
	}
	return out
}

// text is a string of local that Keystone formats. item is the item of local that
// it is in, path the keys that lead to it: user, name.
type text struct {
	node     *engine.Node
	item     *engine.Node
	path     []string
	template *python.Template
}

// textsOf walks through a value as _update_local_mapping does. What schema 3.0
// reads as JSON is not formatted.
func textsOf(item, n *engine.Node, path []string) []*text {
	switch v := n.Value.(type) {
	case string:
		if slices.Equal(path, []string{"projects"}) || slices.Equal(path, []string{"projects_json"}) {
			return nil
		}
		return []*text{{n, item, path, python.ParseTemplate(v)}}
	case []engine.Member:
		var out []*text
		for _, m := range v {
			out = append(out, textsOf(item, m.Value, append(slices.Clone(path), m.Key))...)
		}
		return out
	case []*engine.Node:
		var out []*text
		for _, child := range v {
			out = append(out, textsOf(item, child, path)...)
		}
		return out
	}
	return nil
}

// at reports whether a text stands at a path.
func (t *text) at(path ...string) bool { return slices.Equal(t.path, path) }

// inUser reports whether a text becomes part of the user's name or id.
func (t *text) inUser() bool { return t.at("user", "name") || t.at("user", "id") }

// sources gives the direct entries that a text's placeholders stand for.
func (x *oneRule) sources(t *text) []*requirement {
	var out []*requirement
	for _, n := range t.template.Placeholders() {
		if n < len(x.direct) {
			out = append(out, x.direct[n])
		}
	}
	return out
}

// user gives the rule's first user that is not empty; nil for none.
func (x *oneRule) user() *engine.Node {
	for _, item := range x.local {
		if u := item.Get("user"); len(members(u)) > 0 {
			return u
		}
	}
	return nil
}

// members gives an object's entries; nil when it is none.
func members(n *engine.Node) []engine.Member {
	if n == nil {
		return nil
	}
	out, _ := n.Value.([]engine.Member)
	return out
}

// localUser reports whether the rule names a user of Keystone's own.
func (x *oneRule) localUser() bool { return x.user().Get("type").Text() == "local" }
