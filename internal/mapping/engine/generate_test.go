package engine_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// dialect is a release with a schema version: what a mapping may hold and whose
// processor evaluates it.
type dialect struct {
	release string
	schema  string
	lax     bool // roles may hold anything (until 2023.2)
}

func (d dialect) String() string { return d.release + "/" + d.schema }

// generator makes logins, valid, odd and hostile. The same seed and number give
// the same login. Every second one is calm: its rules are sane, so that it gets
// far; its claims are not.
type generator struct {
	*rand.Rand
	dialect
	calm   bool
	claims map[string]any
	direct []string // the types of the direct maps of the rule in the making
}

// newGenerator makes the generator of one login; other dialects get others.
func newGenerator(seed uint64, number int, d dialect) *generator {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%d", d, number)
	return &generator{Rand: rand.New(rand.NewPCG(seed, h.Sum64())), dialect: d, calm: number%2 == 0}
}

func (g *generator) pick(from []string) string { return from[g.IntN(len(from))] }

// in is true in so many of a hundred cases.
func (g *generator) in(percent int) bool { return g.IntN(100) < percent }

// odd is true in so many of a hundred cases that are not calm.
func (g *generator) odd(percent int) bool { return !g.calm && g.in(percent) }

// login makes a mapping that passes the schema, and an assertion.
func (g *generator) login() (mapping engine.Object, assertion map[string]any) {
	g.claims = g.assertion()
	return g.mapping(), g.claims
}

// oracleCase makes the case that Keystone is asked.
func (g *generator) oracleCase(t testing.TB) oracle.Case {
	t.Helper()
	mapping, assertion := g.login()
	text, err := json.Marshal(mapping)
	if err != nil {
		t.Fatal(err)
	}
	return oracle.Case{Mapping: text, Assertion: assertion}
}

func (g *generator) mapping() engine.Object {
	m := engine.Object{{Key: "rules", Value: g.many(1, 3, g.rule)}}
	switch {
	case g.schema != "1.0":
		m = append(m, engine.Field{Key: "schema_version", Value: g.schema})
	case g.in(20):
		m = append(m, engine.Field{Key: "schema_version", Value: "1.0"})
	}
	return g.shuffled(m)
}

// many makes from least to most items.
func (g *generator) many(least, most int, item func() any) []any {
	out := []any{}
	for range least + g.IntN(most-least+1) {
		out = append(out, item())
	}
	return out
}

// shuffled gives the fields in any order, now and then one twice: the last counts.
func (g *generator) shuffled(o engine.Object) engine.Object {
	g.Shuffle(len(o), func(i, j int) { o[i], o[j] = o[j], o[i] })
	if len(o) > 0 && g.in(2) {
		o = append(o, o[g.IntN(len(o))])
	}
	return o
}

func (g *generator) rule() any {
	g.direct = nil
	remote := g.many(1, 3, g.requirement)
	local := g.many(1, 3, g.local)
	if g.odd(3) {
		local = []any{}
	}
	return g.shuffled(engine.Object{{Key: "remote", Value: remote}, {Key: "local", Value: local}})
}

func (g *generator) requirement() any {
	name := g.pick(types())
	q := engine.Object{{Key: "type", Value: name}}
	if name == "projects" && g.calm {
		g.direct = append(g.direct, name)
		return q
	}
	kind := g.pick([]string{"", "", "", "any_one_of", "not_any_of", "whitelist", "whitelist", "blacklist"})
	if kind != "any_one_of" && kind != "not_any_of" {
		g.direct = append(g.direct, name)
	}
	if kind == "" {
		return q
	}
	regex := g.in(30)
	q = append(q, engine.Field{Key: kind, Value: g.many(0, 4, func() any { return g.listed(name, regex) })})
	if regex || g.in(10) {
		q = append(q, engine.Field{Key: "regex", Value: regex})
	}
	return g.shuffled(q)
}

// listed makes an item of the list of a condition on this claim. The schema
// leaves open what it is.
func (g *generator) listed(name string, regex bool) any {
	value, _ := g.claims[name].(string)
	switch {
	case g.odd(3):
		return []any{nil, true, 5, 1.5, []any{"a"}, engine.Object{}, "", -1}[g.IntN(8)]
	case regex && g.odd(12):
		return g.pick(oddPatterns())
	case regex:
		return g.pick(patterns())
	case g.in(50):
		return g.pick(strings.Split(value, ";"))
	}
	return g.piece()
}

func (g *generator) local() any {
	o := engine.Object{}
	for _, part := range []struct {
		key     string
		percent int
		value   func() any
	}{
		{"user", 50, g.user}, {"group", 25, g.group},
		{"groups", 25, func() any { return g.template() }}, {"group_ids", 20, func() any { return g.template() }},
		{"domain", 55, g.domain}, {"projects", 15, func() any { return g.many(0, 2, g.project) }},
	} {
		if g.in(part.percent) {
			o = append(o, engine.Field{Key: part.key, Value: part.value()})
		}
	}
	if g.schema == "3.0" && (g.in(5) || slices.Contains(g.direct, "projects")) {
		o = append(o, engine.Field{Key: "projects_json", Value: g.projectsJSON()})
	}
	_, groups := o.Get("groups")
	if _, domain := o.Get("domain"); groups && !domain && g.in(70) {
		o = append(o, engine.Field{Key: "domain", Value: g.domain()})
	}
	return g.shuffled(o)
}

func (g *generator) user() any {
	u := engine.Object{}
	for _, part := range []struct {
		key     string
		percent int
	}{{"name", 75}, {"id", 25}, {"email", 25}} {
		if g.in(part.percent) {
			u = append(u, engine.Field{Key: part.key, Value: g.template()})
		}
	}
	if g.in(25) {
		u = append(u, engine.Field{Key: "domain", Value: g.domain()})
	}
	if g.in(15) {
		u = append(u, engine.Field{Key: "type", Value: g.pick([]string{"ephemeral", "local"})})
	}
	return g.shuffled(u)
}

func (g *generator) group() any {
	if g.in(30) {
		return engine.Object{{Key: "id", Value: g.template()}}
	}
	return g.shuffled(engine.Object{{Key: "name", Value: g.template()}, {Key: "domain", Value: g.domain()}})
}

func (g *generator) domain() any {
	d := engine.Object{}
	if g.in(60) {
		d = append(d, engine.Field{Key: "id", Value: g.pick([]string{"d1", "d2", "", g.placeholder()})})
	}
	if g.in(45) {
		d = append(d, engine.Field{Key: "name", Value: g.pick([]string{"Default", "d1", "", g.placeholder()})})
	}
	return d
}

func (g *generator) project() any {
	p := engine.Object{{Key: "name", Value: g.template()}, {Key: "roles", Value: g.many(0, 2, g.role)}}
	if g.schema != "1.0" && g.in(40) {
		p = append(p, engine.Field{Key: "domain", Value: g.domain()})
	}
	return g.shuffled(p)
}

func (g *generator) role() any {
	r := engine.Object{{Key: "name", Value: g.template()}}
	if g.lax && g.odd(10) {
		r = append(r, engine.Field{Key: "more", Value: []any{"{0}", 5, true, nil, []any{}, []any{"{0}"}, []any{engine.Object{{Key: "x", Value: "{0}"}}}, engine.Object{{Key: "x", Value: "{1}"}}}[g.IntN(8)]})
	}
	return g.shuffled(r)
}

// template makes a string with placeholders, mostly of direct maps that are there.
func (g *generator) template() string {
	there := g.placeholder()
	switch roll := g.IntN(100); {
	case roll < 55 && len(g.direct) > 0:
		return there
	case roll < 70:
		return g.pick(plainTexts())
	case roll < 88 || g.calm:
		return g.pick(plainTexts()) + there + g.pick(plainTexts())
	case roll < 97:
		return g.pick(oddTemplates())
	}
	return g.pick(oddTemplates()) + g.pick(oddTemplates())
}

// placeholder names a direct map that is there; without one, a calm text.
func (g *generator) placeholder() string {
	switch {
	case len(g.direct) > 0:
		return "{" + string(rune('0'+g.IntN(len(g.direct)))) + "}"
	case g.calm:
		return "x"
	}
	return "{0}"
}

func (g *generator) projectsJSON() string {
	if i := slices.Index(g.direct, "projects"); i >= 0 && (g.calm || g.in(60)) {
		return "{" + string(rune('0'+i)) + "}"
	}
	return g.pick([]string{"{0}", "0", "1", "{1}", "{0}garbage {", "{9}", "x", "", "{}", "{١}", "{{0}}", "0{1}", "00", "{0", "name"})
}

// assertion gives most types a value; a few values are no strings.
func (g *generator) assertion() map[string]any {
	a := map[string]any{}
	for _, name := range types() {
		switch {
		case g.odd(5):
			a[name] = []any{nil, true, 5, 1.5, []any{"a", "b"}, map[string]any{"a": "b"}}[g.IntN(6)]
		case g.calm || g.in(90):
			a[name] = g.values(name)
		}
	}
	return a
}

// values makes a claim's value: one piece, or several between semicolons.
func (g *generator) values(name string) string {
	switch {
	case name == "projects" && g.in(80):
		return g.pick(projectTexts())
	case name == "groups" && g.in(60):
		return strings.Join([]string{g.pick(words()), g.pick(words()), g.piece()}, ";")
	case g.in(55):
		return g.piece()
	}
	parts := make([]string, 1+g.IntN(4))
	for i := range parts {
		parts[i] = g.piece()
	}
	return strings.Join(parts, ";")
}

func (g *generator) piece() string {
	switch roll := g.IntN(100); {
	case roll < 55:
		return g.pick(words())
	case roll < 65:
		return g.pick(literals())
	case roll < 75:
		return g.pick(groupTexts())
	case roll < 80:
		return g.pick(projectTexts())
	case roll < 92:
		return g.pick(oddTexts())
	}
	return g.scramble()
}

// scramble throws bits of Python's syntax together.
func (g *generator) scramble() string {
	var b strings.Builder
	for range 1 + g.IntN(8) {
		b.WriteString(g.pick(bits()))
	}
	return b.String()
}
