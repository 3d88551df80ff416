package explain

import (
	"strings"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// fullRule is a rule with nothing cut.
type fullRule struct {
	ruleBox
	Gates []fullItem
	Gave  []fullItem
}

type fullItem struct {
	State state
	Name  string
	Key   string
	Pairs []pair
}

func (r Report) full() []fullRule {
	var out []fullRule
	for _, rule := range r.Explanation.Rules {
		f := fullRule{ruleBox: ruleBox{Number: rule.Number, Holds: rule.Holds, Reached: rule.Reached, Fails: r.fails(rule)}}
		for _, q := range rule.Remote {
			f.Gates = append(f.Gates, r.fullGate(q))
		}
		for i, local := range rule.Local {
			f.Gave = append(f.Gave, r.fullGift(rule.Number, i, local))
		}
		out = append(out, f)
	}
	return out
}

func (r Report) fullGate(q engine.RequirementTrace) fullItem {
	g := r.gate(q)
	item := fullItem{State: g.State, Name: value(g.Name)}
	add := func(key, text string, isPlain bool) { item.Pairs = append(item.Pairs, pair{key, text, isPlain}) }
	if g.State == unreached {
		add("state", "not reached", true)
	}
	add("stopped", g.Why, true)
	if q.Kind != engine.Direct {
		add(strings.TrimSpace(asking[q.Kind]), every(texts(q.Wanted)), false)
	}
	if q.Present {
		add("came", every(q.Values), false)
	}
	if g.Stands != "" {
		add(g.Slot, every(q.Kept), false)
	}
	add("left out", g.Left, false)
	for _, hint := range g.Hints {
		add("hint", hint, true)
	}
	return item
}

func (r Report) fullGift(rule, i int, local engine.LocalTrace) fullItem {
	item := fullItem{State: passed, Key: "gave"}
	source := r.templates(rule, i)
	for _, g := range gifts(local.Given) {
		text := finding.Printable(claims.Shown(scalar(g.value)))
		if from := source[g.path]; len(placeholders(from)) > 0 {
			text += "   ← " + finding.Printable(from)
		}
		item.Pairs = append(item.Pairs, pair{Key: g.path, Text: text})
	}
	for _, note := range local.Notes {
		item.Pairs = append(item.Pairs, pair{"note", finding.Printable(note), true})
	}
	return item
}

func texts(list []any) []string {
	out := make([]string, len(list))
	for i, item := range list {
		out[i] = scalar(item)
	}
	return out
}

// every draws all of a list, whole.
func every(list []string) string {
	if len(list) == 0 {
		return "nothing"
	}
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = whole(v)
	}
	return strings.Join(out, ", ")
}
