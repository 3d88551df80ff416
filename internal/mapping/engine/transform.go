package engine

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/python"
)

// transform is RuleProcessor._transform: it gathers what the rules that hold
// gave, in order. The first user that is not empty counts, and the last projects.
func (l *login) transform(t *tracer) (*Mapped, error) {
	items := l.identity
	if len(items) == 0 {
		return nil, refusal("no rule holds for these claims: could not map any federated user properties to identity values")
	}
	g := &gathering{evaluation: &l.evaluation, trace: t}
	for i := range items {
		if err := g.add(&items[i]); err != nil {
			return nil, inRule(err, items[i].rule, items[i].from.at)
		}
	}
	domain, _ := items[len(items)-1].Get("domain")
	if err := g.normalizeUser(domain); err != nil {
		return nil, err
	}
	return g.mapped()
}

// gathering is the state of _transform.
type gathering struct {
	*evaluation
	trace    *tracer
	user     Object
	userRule int // who gave the user; 0 = nobody
	ids      idSet
	names    []any
	buckets  []bucket
	projects []any
	projRule int
}

func (g *gathering) add(item *identity) error {
	if len(item.Object) == 0 {
		return nil
	}
	g.addUser(item)
	for _, step := range []func(*identity) error{g.addGroup, g.addGroups, g.addGroupIDs, g.addProjects} {
		if err := step(item); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) addUser(item *identity) {
	given, ok := item.Get("user")
	user, _ := given.(Object)
	switch {
	case !ok:
	case len(g.user) > 0:
		g.note(item, "user passed over: %s has named the user", g.userRule)
	default:
		g.user, g.userRule = user, item.rule
	}
}

// addGroupIDs takes group_ids: a list, or one id.
func (g *gathering) addGroupIDs(item *identity) error {
	given, ok := item.Get("group_ids")
	if !ok {
		return nil
	}
	ids, err := g.items(given, g.idItems)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := g.ids.add(id); err != nil {
			return err
		}
	}
	return nil
}

// idItems gives the ids of a text. The error is that of one that no set takes.
func (g *gathering) idItems(given any) ([]any, error) {
	items, err := g.literals(given)
	for _, id := range items {
		if _, unhashable := python.Key(id); err == nil {
			err = unhashable
		}
	}
	return items, err
}

// normalizeUser sets the type, and from schema 2.0 the domain of the last item.
func (g *gathering) normalizeUser(domain any) error {
	kind, given := g.user.Get("type")
	if open, ok := kind.(chance); ok {
		return open.undecidable()
	}
	if !given {
		kind = "ephemeral"
		g.user = g.user.with("type", kind)
	}
	if kind != "ephemeral" && kind != "local" {
		return refusal("user type %v is not supported, expected ephemeral or local", kind)
	}
	if g.honoursDomain() && !truthy(g.user, "domain") {
		g.user = g.user.with("domain", domain)
	}
	return nil
}

// truthy is Python's bool(object.get(key)) for what rules can hold.
func truthy(o Object, key string) bool {
	v, _ := o.Get(key)
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case Object:
		return len(v) > 0
	case []any:
		return len(v) > 0
	}
	return true
}

// mapped gives the result, unless a set's order shows in it.
func (g *gathering) mapped() (*Mapped, error) {
	m := &Mapped{User: g.user, GroupIDs: g.ids.sorted(g.python), GroupNames: g.names, Projects: g.projects}
	if m.GroupNames == nil {
		m.GroupNames = []any{}
	}
	if m.Projects == nil {
		m.Projects = []any{}
	}
	if !g.open {
		return m, nil
	}
	for _, part := range []any{m.User, m.GroupNames, m.Projects, g.ids.open} {
		if open, ok := findChance(part); ok {
			return nil, open.undecidable()
		}
	}
	return m, nil
}

// findChance looks for a text that a set's order decides.
func findChance(v any) (chance, bool) {
	switch v := v.(type) {
	case chance:
		return v, true
	case []any:
		for _, item := range v {
			if open, ok := findChance(item); ok {
				return open, true
			}
		}
	case Object:
		for _, f := range v {
			if open, ok := findChance(f.Value); ok {
				return open, true
			}
		}
	}
	return chance{}, false
}

// note remarks on an item what another rule has to do with it.
func (g *gathering) note(item *identity, format string, rule int) {
	if g.trace != nil {
		g.trace.note(item, fmt.Sprintf(format, ruleName(rule, item.rule)))
	}
}

// ruleName names a rule as seen from another.
func ruleName(rule, from int) string {
	if rule == from {
		return "this rule"
	}
	return fmt.Sprintf("rule %d", rule)
}
