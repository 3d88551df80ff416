package apply

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// prune plans the end of what bears this description's name and is not described
// any more. Projects and domains hold what other services and people made: they
// stay, and are told of, unless somebody has disabled them and the caller says
// that disabled ones may go.
func (p *planner) prune(ctx context.Context, fed *spec.Federation) error {
	if !p.opts.Prune || p.owner == "" {
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(p.providers)) {
		if p.goes(id) {
			if err := p.pruneProvider(ctx, p.providers[id]); err != nil {
				return fmt.Errorf("identity provider %s: %w", id, err)
			}
		}
	}
	all, err := p.read.List(ctx, Domain, "")
	if err != nil {
		return fmt.Errorf("domains: %w", err)
	}
	described := describedNames(fed)
	domains := p.ownDomains(all)
	p.listAhead(ctx, domains)
	for _, domain := range domains {
		if err := p.pruneDomain(ctx, domain, described); err != nil {
			return fmt.Errorf("domain %s: %w", domain.Name, err)
		}
	}
	return nil
}

// goes reports whether an identity provider is this description's own and not
// described any more.
func (p *planner) goes(id string) bool {
	_, described := p.fed[id]
	return p.opts.Prune && !described && p.own(p.providers[id].Description)
}

// ownDomains gives those that may hold something of our own: where identity
// providers are or were ours, and what is marked itself.
func (p *planner) ownDomains(all []Resource) (out []Resource) {
	holds := map[string]bool{}
	for id, idp := range p.providers {
		if _, described := p.fed[id]; described || p.own(idp.Description) {
			holds[idp.DomainID] = true
		}
	}
	for _, idp := range p.fed {
		holds[p.ids.of(ref{Domain, "", idp.Domain.Value})] = true
	}
	for _, one := range all {
		if holds[one.ID] || p.own(one.Description) {
			out = append(out, one)
		}
	}
	return out
}

// listAhead asks for what the domains hold, several at a time.
func (p *planner) listAhead(ctx context.Context, domains []Resource) {
	sideBySide(p.opts.Parallel, len(domains), func(i int) {
		for _, kind := range []Kind{Group, Project} {
			_, _ = p.read.List(ctx, kind, domains[i].ID)
		}
	})
}

// describedNames are the domains, projects and groups that the description names,
// also those that it does not make.
func describedNames(fed *spec.Federation) map[ref]bool {
	names := map[ref]bool{}
	for _, idp := range fed.IdentityProviders {
		domain := idp.Domain.Value
		names[ref{Domain, "", domain}] = true
		for _, g := range idp.Groups {
			names[ref{Group, domain, g.Name.Value}] = true
			for _, grant := range g.Grants {
				names[ref{Project, domain, grant.Project.Value}] = true
			}
		}
		for _, g := range namedGroups(idp) {
			names[g.ref], names[ref{Domain, "", g.ref.Domain}] = true, true
		}
		for _, rule := range idp.Rules {
			for _, grant := range rule.Projects {
				names[ref{Project, domain, grant.Project.Value}] = true
			}
		}
	}
	return names
}

// left tells of what is not described any more and stays.
func (p *planner) left(object, why, hint string) {
	p.find("left", finding.Info, p.ownerAt, hint, "%s is not described any more; it stays: %s", object, why)
}
