package clouds

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
)

// entry is a key of a mapping and its value.
type entry struct {
	key   string
	keyAt finding.Range
	value *yaml.Node
}

// name is the key as openstacksdk normalizes it (_util.normalize_keys).
func (e entry) name() string { return strings.ReplaceAll(e.key, "-", "_") }

// maxMerges bounds how many entries are merged in all.
const maxMerges = 100_000

// resolve gives what an alias stands for.
func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// entries gives a mapping's keys, each once: the last of those that stand twice,
// and what is merged in only where the mapping has no such key itself.
func (r *reader) entries(n *yaml.Node, what string) []entry {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		if n.ShortTag() != "!!null" {
			r.fail("clouds-shape", r.of(n), what+" was expected to be a mapping of keys to values", "")
		}
		return nil
	}
	var out []entry
	places := map[string]int{}
	for _, e := range r.own(n) {
		i, there := places[e.key]
		if !there {
			i = len(out)
			places[e.key], out = i, append(out, e)
			continue
		}
		r.list = append(r.list, finding.Finding{
			Slug: "clouds-duplicate-key", Severity: finding.Warning, At: e.keyAt,
			Message: fmt.Sprintf("the key %s stands twice, and only this one counts", finding.Printable(e.key)),
			Hint:    "remove one of them",
			Related: []finding.Related{{Message: "the one that does not count", At: out[i].keyAt}},
		})
		out[i] = e
	}
	return r.merge(n, out, places)
}

func (r *reader) own(n *yaml.Node) []entry {
	var out []entry
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := resolve(n.Content[i])
		if key.Kind == yaml.ScalarNode && key.ShortTag() != "!!merge" {
			out = append(out, entry{key.Value, r.of(key), n.Content[i+1]})
		}
	}
	return out
}

// merge adds what "<<" names, the first of several before the others.
func (r *reader) merge(n *yaml.Node, out []entry, places map[string]int) []entry {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].ShortTag() != "!!merge" {
			continue
		}
		sources := []*yaml.Node{n.Content[i+1]}
		if list := resolve(n.Content[i+1]); list.Kind == yaml.SequenceNode {
			sources = list.Content
		}
		for _, source := range sources {
			if !r.mayMerge(source) {
				return out
			}
			for _, e := range r.entries(source, "what is merged") {
				if _, there := places[e.key]; !there {
					places[e.key], out = len(out), append(out, e)
				}
			}
		}
	}
	return out
}

// mayMerge refuses what holds itself, or grows without end.
func (r *reader) mayMerge(source *yaml.Node) bool {
	before := r.merges
	r.merges += 1 + len(resolve(source).Content)
	if before <= maxMerges && r.merges > maxMerges {
		r.fail("clouds-shape", r.of(source), fmt.Sprintf("more than %d keys are merged", maxMerges), "")
	}
	return r.merges <= maxMerges
}

func (r *reader) value(e entry) Value {
	n := resolve(e.value)
	v := Value{Type: Collection, Secret: secret(e.name()), At: r.of(n), KeyAt: e.keyAt}
	if n.Kind == yaml.ScalarNode {
		v.Type, v.Text = scalar(n)
	}
	if v.Secret && v.Type == Str && v.Text == "" {
		v.Type = Unset
	}
	if v.Secret {
		v.Text = ""
	}
	return v
}
