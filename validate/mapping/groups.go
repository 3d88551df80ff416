package mapping

import (
	"errors"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/python/re"
)

// givesGroups reports whether a text names groups: by a claim or one by one.
func (t *text) givesGroups() bool {
	return t.at("groups") || t.at("group_ids") || t.at("group", "name") || t.at("group", "id")
}

// domain writes the domain beside a text, or an example.
func (t *text) domain() string {
	if d := t.item.Get("domain"); d != nil {
		return written(d)
	}
	return `{"name": "Default"}`
}

// typeFor gives the type that a text takes its values from, or an example.
func (x *oneRule) typeFor(t *text) string {
	if from := x.sources(t); len(from) > 0 {
		return from[0].typeOf()
	}
	return "OIDC-groups"
}

// lets reports whether a requirement hands on whatever an issuer sends: it filters
// nothing, or an expression that is found in everything, such as ".*".
func (q *requirement) lets() bool {
	if q.kind != engine.Whitelist || !q.regex {
		return q.kind == engine.Direct
	}
	return slices.ContainsFunc(q.values(), func(n *engine.Node) bool {
		p, err := re.Compile(n.Text(), python.Default(), 0)
		if err != nil {
			return false
		}
		found, err := p.Search("")
		return found && err == nil
	})
}

// names gives the texts that groups can be for certain: the text itself where it
// has no placeholder, or one for each value of a whitelist that it takes. A node is
// where such a text comes from.
func (x *oneRule) names(t *text) map[*engine.Node]string {
	if literal, ok := t.template.Literal(); ok {
		return map[*engine.Node]string{t.node: literal}
	}
	from := x.sources(t)
	if len(from) != 1 || from[0].kind != engine.Whitelist || from[0].regex {
		return nil
	}
	out := map[*engine.Node]string{}
	for _, n := range from[0].values() {
		args := make([]python.Arg, len(x.direct))
		args[from[0].number].Values = []string{n.Text()}
		if text, err := t.template.Append(nil, args, python.Default()); err == nil {
			out[n] = string(text)
		}
	}
	return out
}

// items gives what Keystone makes of the text of groups: the items of a list, or
// the text as the only one.
func items(text string) []string {
	got, err := python.LiteralEval(text, python.Default())
	list, ok := got.(python.List)
	if err != nil || !ok {
		return []string{text}
	}
	var out []string
	for _, item := range list {
		name, _ := item.(string)
		out = append(out, name)
	}
	return out
}

// misread says what becomes of a text of groups that holds the letters "name", and
// the status; "" where Keystone takes it as it is meant.
func misread(text string) (what, status string) {
	if !strings.Contains(text, "name") {
		return "", ""
	}
	for _, item := range items(text) {
		switch {
		case strings.HasPrefix(item, "JSON:"):
		case strings.Contains(item, "domain"):
			return item, "400"
		default:
			return item, "401"
		}
	}
	return "", ""
}

// listsOnly is the first major version of Keystone that takes a group's name apart
// only where it is a list (a fix of 22.0.1).
const listsOnly = 22

// takenApart reports whether an older Keystone takes a group's name for a value of
// Python: 123, None, 'quoted', (a, b).
func takenApart(name string) bool {
	got, err := python.LiteralEval(name, python.Default())
	var raised *python.Exception
	if err != nil && !errors.As(err, &raised) {
		return false
	}
	_, list := got.(python.List)
	return err == nil && !list
}

func older(r platform.Release, than int) (yes, sure bool) {
	return r.Number > 0 && r.Number < than, r.Number > 0
}
