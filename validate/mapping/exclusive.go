package mapping

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// exclusive reports whether two rules cannot both hold for one login, as far as
// their lists show: one asks for values that the other refuses, both ask for
// different values of a claim that has one, or for what different modules set.
func exclusive(a, b *oneRule) bool {
	return refuses(a, b) || refuses(b, a) || apart(a, b) || foreign(a, b)
}

// foreign reports whether two rules read what different modules of httpd set for a
// login, which is one of them at a time.
func foreign(a, b *oneRule) bool {
	one, other := a.modules(), b.modules()
	return len(one) > 0 && len(other) > 0 && !slices.ContainsFunc(one, func(m string) bool { return slices.Contains(other, m) })
}

// modules gives the prefixes, known as those of modules, that a rule's types have.
func (x *oneRule) modules() []string {
	var out []string
	for _, q := range x.remote {
		for _, prefix := range []string{"OIDC", "HTTP_OIDC", "MELLON_", "Shib-", "SSL_CLIENT_"} {
			if strings.HasPrefix(q.typeOf(), prefix) {
				out = append(out, strings.TrimPrefix(prefix, "HTTP_"))
			}
		}
	}
	return out
}

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
