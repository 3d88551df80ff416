package suite

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// places says where a rule and its parts stand: in the mapping's own text, or,
// for named rules, in federation.yaml.
type places struct {
	rule          finding.Range
	remote, local []finding.Range
}

// ownPlaces are those of a mapping written by hand.
func ownPlaces(doc *engine.Document) []places {
	var out []places
	for _, rule := range doc.Rules {
		out = append(out, places{rule.At, ranges(rule.Get("remote")), ranges(rule.Get("local"))})
	}
	return out
}

func ranges(list *engine.Node) []finding.Range {
	var out []finding.Range
	for _, item := range list.Items() {
		out = append(out, item.At)
	}
	return out
}

// namedPlaces are those of rules that mapping.Compile made of named ones: the
// conditions come first, in their order, then the direct entries.
func namedPlaces(idp spec.IdentityProvider, compiled mapping.Mapping) []places {
	var out []places
	names := mapping.NamesFor(idp)
	for i := range compiled.Rules {
		rule := idp.Rules[compiled.From[i]]
		p := places{rule: rule.At, local: localPlaces(rule)}
		for j, remote := range compiled.Rules[i].Remote {
			if j < len(rule.When) {
				p.remote = append(p.remote, rule.When[j].At)
			} else {
				p.remote = append(p.remote, claimPlace(rule, remote.Type, names))
			}
		}
		for len(p.local) < len(compiled.Rules[i].Local) {
			p.local = append(p.local, rule.At)
		}
		out = append(out, p)
	}
	return out
}

// claimPlace is where a rule first uses a variable's claim in a template; the rule
// itself where it uses none.
func claimPlace(rule spec.Rule, variable string, names mapping.Names) finding.Range {
	for _, t := range rule.Templates() {
		for _, claim := range spec.Claims(t.Value) {
			if names.Variable(claim) == variable {
				return t.At
			}
		}
	}
	return rule.At
}

// localPlaces follows the order in which mapping.Compile writes a rule's parts.
func localPlaces(rule spec.Rule) []finding.Range {
	var out []finding.Range
	if rule.User != nil {
		out = append(out, rule.User.At)
	}
	for _, t := range []spec.Text{rule.GroupsBy, rule.GroupIDs} {
		if t.Given() {
			out = append(out, t.At)
		}
	}
	for _, g := range rule.Groups {
		out = append(out, g.At)
	}
	if len(rule.Projects) > 0 {
		out = append(out, rule.Projects[0].At)
	}
	return out
}
