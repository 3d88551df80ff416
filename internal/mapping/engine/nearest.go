package engine

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
)

// nearest looks, for what was wanted and did not come, for what came and is
// nearly that.
func (t *tracer) nearest(env map[string]string) {
	came := slices.Sorted(maps.Keys(env))
	near := map[string]string{} // of types, which many rules ask for
	nearestType := func(name string) string {
		known, ok := near[name]
		if !ok {
			known = finding.Nearest(name, came)
			near[name] = known
		}
		return known
	}
	for i := range t.rules {
		for j := range t.rules[i].Remote {
			t.rules[i].Remote[j].findNearest(nearestType)
		}
	}
}

func (q *RequirementTrace) findNearest(nearestType func(string) string) {
	switch {
	case !q.Reached, q.Holds:
	case !q.Present:
		q.Nearest, q.NearestTo = nearestType(q.Type), q.Type
	case q.Kind == AnyOneOf && !q.Regex:
		q.nearestValue()
	}
}

func (q *RequirementTrace) nearestValue() {
	for _, wanted := range q.Wanted {
		text, ok := wanted.(string)
		if !ok {
			continue
		}
		if near := finding.Nearest(text, q.Values); near != "" {
			q.Nearest, q.NearestTo = near, text
			return
		}
	}
}

func place(at finding.Range) Place {
	return Place{Line: at.Start.Line, Column: at.Start.Column, Byte: at.Start.Byte}
}

// plain gives a node as encoding/json would.
func plain(n *Node) any {
	switch v := n.Value.(type) {
	case []*Node:
		out := make([]any, 0, len(v))
		for _, item := range v {
			out = append(out, plain(item))
		}
		return out
	case []Member:
		out := Object{}
		for _, m := range v {
			out = append(out, Field{m.Key, plain(m.Value)})
		}
		return out
	case json.Number:
		return v
	}
	return n.Value
}
