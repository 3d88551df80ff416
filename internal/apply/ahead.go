package apply

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/fedstone/fedstone/internal/spec"
)

// readAhead asks what the plan will ask for each identity provider, several at a
// time. What fails here is asked again by the plan, which says what it was about.
func (p *planner) readAhead(ctx context.Context, fed *spec.Federation) {
	if p.opts.Parallel < 2 {
		return
	}
	var read atomic.Int32
	sideBySide(p.opts.Parallel, len(fed.IdentityProviders), func(i int) {
		idp := fed.IdentityProviders[i]
		if domain := p.peek(ctx, Domain, "", idp.Domain.Value); domain != "" {
			p.readAheadIn(ctx, domain, idp)
		}
		_, _ = p.read.Mapping(ctx, idp.ID.Value)
		if _, exists := p.providers[idp.ID.Value]; exists {
			_, _ = p.read.Protocols(ctx, idp.ID.Value)
		}
		if n := int(read.Add(1)); p.opts.Progress != nil {
			p.opts.Progress(n, len(fed.IdentityProviders))
		}
	})
}

// readAheadIn asks for groups, their projects and their roles there.
func (p *planner) readAheadIn(ctx context.Context, domain string, idp spec.IdentityProvider) {
	for _, g := range idp.Groups {
		group := p.peek(ctx, Group, domain, g.Name.Value)
		for _, grant := range g.Grants {
			project := p.peek(ctx, Project, domain, grant.Project.Value)
			if group != "" && project != "" {
				_, _ = p.read.GroupRoles(ctx, group, project)
			}
		}
	}
}

// peek gives the id of a resource, or "".
func (p *planner) peek(ctx context.Context, kind Kind, domain, name string) string {
	found, _ := p.read.Find(ctx, kind, domain, name)
	for _, one := range found {
		if one.Name == name {
			return one.ID
		}
	}
	return ""
}

// sideBySide does n things, at most width at a time, and returns when all are done.
func sideBySide(width, n int, do func(i int)) {
	next := make(chan int)
	var wait sync.WaitGroup
	for range min(max(width, 1), n) {
		wait.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
