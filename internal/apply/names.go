package apply

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// role gives the id of a global role, or notes that there is none: Keystone makes
// no roles, and answers a login that would grant an unknown one with 404.
func (p *planner) role(name spec.Text) (string, bool) {
	id, known := p.roles[name.Value]
	if !known {
		all := slices.Sorted(maps.Keys(p.roles))
		hint := "openstack role create " + name.Value
		if near := finding.Nearest(name.Value, all); near != "" {
			hint = "did you mean " + near + "?"
		}
		p.find("unknown-role", finding.Error, name.At, hint, "this Keystone has no role %q (it has %s)", name.Value, words(all))
	}
	return id, known
}

// checkRoles checks the roles that rules grant: those projects are made by
// Keystone at login, the roles are not.
func (p *planner) checkRoles(idp spec.IdentityProvider, raw json.RawMessage) {
	if idp.Mapping.Given() {
		for _, name := range rolesInMapping(raw) {
			p.role(spec.Text{Value: name, At: idp.Mapping.At})
		}
	}
	for _, rule := range idp.Rules {
		for _, grant := range rule.Projects {
			for _, role := range grant.Roles {
				p.role(role)
			}
		}
	}
}

// rolesInMapping gives the roles that a hand-written mapping names, once each.
// What is not shaped like a mapping names none; Keystone will say so.
func rolesInMapping(raw json.RawMessage) []string {
	var m struct {
		Rules []struct {
			Local []struct {
				Projects []struct {
					Roles []struct{ Name string }
				}
			}
		}
	}
	_ = json.Unmarshal(raw, &m) // a wrong part of the document leaves the others readable
	names := map[string]bool{}
	for _, rule := range m.Rules {
		for _, local := range rule.Local {
			for _, project := range local.Projects {
				for _, role := range project.Roles {
					names[role.Name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// checkGroups warns of groups that rules name and nobody makes. They are not made
// here: a group without roles gives nothing, and a mistyped name should show.
func (p *planner) checkGroups(ctx context.Context, idp spec.IdentityProvider) error {
	var made []string
	for _, g := range idp.Groups {
		made = append(made, g.Name.Value)
	}
	for _, name := range namedGroups(idp) {
		r := ref{Group, idp.Domain.Value, name.Value}
		if _, planned := p.ids[r]; planned {
			continue
		}
		found, err := p.lookUp(ctx, r)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(found, func(one Resource) bool { return one.Name == r.Name }) {
			p.missingGroup(r, name, made)
		}
	}
	return nil
}

func (p *planner) missingGroup(r ref, name spec.Text, made []string) {
	hint := "add it below groups: of this identity provider, with the roles it should have"
	if near := finding.Nearest(r.Name, made); near != "" {
		hint = "did you mean " + near + "?"
	}
	p.find("unknown-group", finding.Warning, name.At, hint,
		"group %q is not in Keystone's domain %q and not below groups: Keystone drops it silently at login", r.Name, r.Domain)
}

// namedGroups gives the groups that the rules name: fixed ones, and the values
// that are let through of the claim that lists groups.
func namedGroups(idp spec.IdentityProvider) []spec.Text {
	var names []spec.Text
	for _, rule := range idp.Rules {
		names = append(names, rule.Groups...)
		for _, f := range rule.Filters {
			if !f.Except && rule.GroupsBy.Value == "{"+f.Claim.Value+"}" {
				names = append(names, f.Values...)
			}
		}
	}
	return names
}
