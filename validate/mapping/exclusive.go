package mapping

import (
	"slices"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// exclusive reports whether two rules cannot both hold for one login, as far as
// their lists show: one asks for values that the other refuses, or both ask for
// different values of a claim that has one.
func exclusive(a, b *oneRule) bool { return refuses(a, b) || refuses(b, a) || apart(a, b) }

// refuses reports whether a's rule holds only with values that b's refuses.
func refuses(a, b *oneRule) bool {
	for _, want := range a.of(engine.AnyOneOf) {
		for _, no := range b.of(engine.NotAnyOf) {
			if want.typeOf() == no.typeOf() && want.regex == no.regex && len(want.list.Items()) > 0 && within(want, no) {
				return true
			}
		}
	}
	return false
}

// apart reports whether two rules want different values of a claim that has one.
func apart(a, b *oneRule) bool {
	for _, one := range a.of(engine.AnyOneOf) {
		for _, other := range b.of(engine.AnyOneOf) {
			if one.typeOf() == other.typeOf() && single(one.typeOf()) && !one.regex && !other.regex && !common(one, other) {
				return true
			}
		}
	}
	return false
}

func within(some, all *requirement) bool {
	known := all.texts()
	return !slices.ContainsFunc(some.texts(), func(text string) bool { return !slices.Contains(known, text) })
}

func common(a, b *requirement) bool {
	known := a.texts()
	return slices.ContainsFunc(b.texts(), func(text string) bool { return slices.Contains(known, text) })
}

func (q *requirement) texts() []string {
	var out []string
	for _, n := range q.values() {
		out = append(out, n.Text())
	}
	return out
}
