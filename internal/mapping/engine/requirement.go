package engine

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/python/re"
)

// Kind says what a requirement does with the values of its type.
type Kind string

// The kinds, by the key that makes them. Direct, Whitelist and Blacklist are
// counted by placeholders; AnyOneOf and NotAnyOf are not.
const (
	Direct    Kind = "direct"
	AnyOneOf  Kind = "any_one_of"
	NotAnyOf  Kind = "not_any_of"
	Blacklist Kind = "blacklist"
	Whitelist Kind = "whitelist"
)

// requirement is one item of a rule's remote, prepared.
type requirement struct {
	at       finding.Range
	name     string // the type
	slot     int    // its place in the processor's list of types
	kind     Kind
	list     *Node
	texts    []int32   // the strings that are listed, or found, by number and sorted; nil if expressions find others
	patterns []pattern // the listed expressions
	raises   error     // what building the set of the list raises
}

// pattern is one listed expression; err is what searching with it raises.
type pattern struct {
	search *re.Pattern
	err    error
	at     finding.Range
}

// prepare reads a requirement in the order in which RuleProcessor looks for its
// keys (_verify_all_requirements).
func (r rules) prepare(n *Node, w *words) requirement {
	q := requirement{at: n.At, name: n.Get("type").Text(), kind: Direct}
	for _, kind := range []Kind{AnyOneOf, NotAnyOf, Blacklist, Whitelist} {
		if list := n.Get(string(kind)); list != nil {
			q.kind, q.list = kind, list
			break
		}
	}
	if q.list != nil && n.Get("regex").IsTrue() {
		q.patterns = r.patterns(q.list)
		q.texts = w.found(q)
	} else if q.list != nil {
		q.texts, q.raises = w.list(q.list)
	}
	return q
}

// sure reports whether judging raises nothing and takes no time.
func (q *requirement) sure() bool {
	uncertain := func(p pattern) bool { return p.err != nil || !p.search.Certain() }
	return q.raises == nil && !slices.ContainsFunc(q.patterns, uncertain)
}

// counted reports whether placeholders count the requirement.
func (q *requirement) counted() bool { return q.kind != AnyOneOf && q.kind != NotAnyOf }

// cost orders requirements by what asking them costs.
func (q *requirement) cost() int {
	switch {
	case q.counted():
		return 1 // only whether the type came
	case q.texts == nil:
		return 2
	}
	return 0
}

// stops reports whether a condition does not hold. Only for what is sure.
func (q *requirement) stops(c *came) bool {
	switch q.kind {
	case AnyOneOf:
		return !q.meets(c)
	case NotAnyOf:
		return q.meets(c)
	}
	return false
}

// meets reports whether any value is listed, or found. Only for what is sure.
func (q *requirement) meets(c *came) bool {
	if q.texts != nil {
		return q.listsAny(c)
	}
	for _, v := range c.values {
		for i := range q.patterns {
			if found, err := q.patterns[i].search.Search(v); err == nil && found {
				return true
			}
		}
	}
	return false
}

// isRegex reports whether the list holds expressions.
func (q *requirement) isRegex() bool { return q.patterns != nil }

func (r rules) patterns(list *Node) []pattern {
	out := make([]pattern, 0, len(list.Items()))
	for _, item := range list.Items() {
		p := pattern{at: item.At}
		if text, ok := item.Value.(string); ok {
			p.search, p.err = re.Compile(text, r.python, r.limit)
		} else {
			p.err = notText(item)
		}
		out = append(out, p)
	}
	return out
}

// notText is what re.search raises for a pattern that is no string.
func notText(item *Node) error {
	if !hashable(item) {
		return &python.Exception{Class: "TypeError", Message: "unhashable type: " + typeName(item)}
	}
	return &python.Exception{Class: "TypeError", Message: "first argument must be string or compiled pattern"}
}

func hashable(n *Node) bool {
	switch n.Value.(type) {
	case []*Node, []Member:
		return false
	}
	return true
}

func typeName(n *Node) string {
	if _, ok := n.Value.([]*Node); ok {
		return "'list'"
	}
	return "'dict'"
}
