package apply

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// role gives the id of a role that can be given in a domain: a global one or one of
// its own (keystone/auth/plugins/mapped.py, validate_shadow_mapping). Or it notes
// that there is none: Keystone makes no roles, and answers a login that would
// grant an unknown one with 404, another domain's with 403.
func (p *planner) role(ctx context.Context, domain string, name spec.Text) (string, bool, error) {
	if id, known := p.roles[name.Value]; known {
		return id, true, nil
	}
	own := map[string]string{}
	if id := p.ids.of(ref{Domain, "", domain}); id != "" {
		var err error
		if own, err = p.read.RoleIDs(ctx, id); err != nil {
			return "", false, fmt.Errorf("roles of domain %s: %w", domain, err)
		}
	}
	id, known := own[name.Value]
	if !known {
		p.unknownRole(name, slices.Sorted(maps.Keys(p.roles)))
	}
	return id, known, nil
}

// roleName is role the other way round, for a report; a role that is not known by
// name is told by its id.
func (p *planner) roleName(id string) string {
	for name, one := range p.roles {
		if one == id {
			return name
		}
	}
	return id
}

func (p *planner) unknownRole(name spec.Text, all []string) {
	hint := "openstack role create " + name.Value
	if near := finding.Nearest(name.Value, all); near != "" {
		hint = "did you mean " + near + "?"
	}
	p.find("unknown-role", finding.Error, name.At, hint, "this Keystone has no role %q (it has %s)", name.Value, words(all))
}

// checkRoles checks the roles that rules grant: those projects are made by
// Keystone at login, the roles are not.
func (p *planner) checkRoles(ctx context.Context, idp spec.IdentityProvider, raw json.RawMessage) error {
	var names []spec.Text
	if idp.Mapping.Given() {
		for _, name := range rolesInMapping(raw) {
			names = append(names, spec.Text{Value: name, At: idp.Mapping.At})
		}
	}
	for _, rule := range idp.Rules {
		for _, grant := range rule.Projects {
			names = append(names, grant.Roles...)
		}
	}
	for _, name := range names {
		if _, _, err := p.role(ctx, idp.Domain.Value, name); err != nil {
			return err
		}
	}
	return nil
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
	for _, g := range namedGroups(idp) {
		if err := p.checkGroup(ctx, g, made); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) checkGroup(ctx context.Context, g namedGroup, made []string) error {
	if _, planned := p.ids.look(g.ref); planned {
		return nil
	}
	if err := p.learnDomain(ctx, g.ref.Domain); err != nil {
		return err
	}
	if _, known := p.ids.look(ref{Domain, "", g.ref.Domain}); !known {
		p.find("unknown-domain", finding.Warning, g.name.At, "openstack domain create "+g.ref.Domain,
			"group %q is in domain %q, which this Keystone does not have: it answers the login with 404", g.ref.Name, g.ref.Domain)
		return nil
	}
	found, err := p.lookUp(ctx, g.ref)
	if err == nil && !slices.ContainsFunc(found, func(one Resource) bool { return one.Name == g.ref.Name }) {
		p.missingGroup(g.ref, g.name, made)
	}
	return err
}

// learnDomain finds the domain of a group that a rule names and nobody here makes.
func (p *planner) learnDomain(ctx context.Context, name string) error {
	r := ref{Domain, "", name}
	if _, known := p.ids.look(r); known {
		return nil
	}
	found, err := p.lookUp(ctx, r)
	for _, one := range found {
		if one.Name == name {
			p.ids.set(r, one.ID)
		}
	}
	return err
}

func (p *planner) missingGroup(r ref, name spec.Text, made []string) {
	hint := "add it below groups: of this identity provider, with the roles it should have"
	if near := finding.Nearest(r.Name, made); near != "" {
		hint = "did you mean " + near + "?"
	}
	p.find("unknown-group", finding.Warning, name.At, hint,
		"group %q is not in Keystone's domain %q and not below groups: Keystone drops it silently at login", r.Name, r.Domain)
}

// namedGroup is a group that a rule names.
type namedGroup struct {
	ref  ref
	name spec.Text
}

// namedGroups gives the groups that the rules name: fixed ones, and the values
// that are let through of the claim that lists groups. What is known by an id, of
// the group or of its domain, is Keystone's own matter.
func namedGroups(idp spec.IdentityProvider) []namedGroup {
	var all []namedGroup
	add := func(name spec.Text, in spec.Domain) {
		domain := in.Name.Value
		if !in.Given() {
			domain = idp.Domain.Value
		}
		if domain != "" && name.Given() {
			all = append(all, namedGroup{ref{Group, domain, name.Value}, name})
		}
	}
	for _, rule := range idp.Rules {
		for _, g := range rule.Groups {
			add(g.Name, g.Domain)
		}
		for _, name := range letThrough(rule) {
			add(name, rule.GroupsIn)
		}
	}
	return all
}

// letThrough gives the names that a rule lets through of the claim that lists
// groups.
func letThrough(rule spec.Rule) []spec.Text {
	var names []spec.Text
	for _, f := range rule.Filters {
		if !f.Except && !f.Matches && rule.GroupsBy.Value == "{"+f.Claim.Value+"}" {
			names = append(names, f.Values...)
		}
	}
	return names
}
