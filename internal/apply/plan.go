package apply

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// Options say how far a plan may go. The zero Options delete nothing, take
// nothing over, and ask for one thing at a time.
type Options struct {
	Adopt         bool // take over identity providers and mappings that somebody else made
	Prune         bool // delete what bears keystone.owner and is no longer described
	PruneDisabled bool // with Prune: also projects and domains that somebody has disabled
	Parallel      int  // requests at a time; 0 is 1
	// Progress is told how many identity providers have been read; nil tells nobody.
	Progress func(read, of int)
}

// Plan compares what Keystone has with what the federation describes. mappings
// holds, for each identity provider's id, the mapping in Keystone's own form
// ({"rules": […]}, from 2024.1 on with "schema_version").
//
// Findings tell what cannot work (errors: nothing should be executed) or likely
// is not meant (warnings), at its place in federation.yaml. The error is about
// Keystone not answering as it should.
func Plan(ctx context.Context, api API, fed *spec.Federation, mappings map[string]json.RawMessage, opts Options) (Changes, finding.List, error) {
	p, err := newPlanner(ctx, api, fed, opts)
	if err != nil {
		return nil, nil, err
	}
	p.readAhead(ctx, fed)
	for _, step := range []func(context.Context, spec.IdentityProvider) error{
		func(ctx context.Context, idp spec.IdentityProvider) error {
			return p.provider(ctx, idp, mappings[idp.ID.Value])
		},
		p.checkGroups, // when every group that will be made is known
		p.checkProjects,
	} {
		for _, idp := range fed.IdentityProviders {
			if err := step(ctx, idp); err != nil {
				return nil, nil, fmt.Errorf("identity provider %s: %w", idp.ID, err)
			}
		}
	}
	if err := p.certificates(ctx, fed); err != nil {
		return nil, nil, err
	}
	if err := p.prune(ctx, fed); err != nil {
		return nil, nil, err
	}
	p.changes.Order()
	return p.changes, p.findings, nil
}

// planner gathers the changes. What Keystone has and what steps will make meet in
// ids, so that a step finds the id of what an earlier one made.
type planner struct {
	api       API     // for the steps
	read      *memory // for the plan
	opts      Options
	owner     string
	ownerAt   finding.Range
	fed       map[string]spec.IdentityProvider // by id
	ids       *ids
	roles     map[string]string
	providers map[string]keystone.IdentityProvider
	schemas   schemas
	seen      map[string]bool // kinds and objects in changes
	removed   map[string]bool // ids of groups and projects that go
	granted   map[string]bool // "group/project/role" by their ids: what is described
	changes   Changes
	findings  finding.List
}

// ref names a domain (without Domain), or a project or group in a domain.
type ref struct {
	Kind         Kind
	Domain, Name string
}

// String is the object's name in reports.
func (r ref) String() string {
	if r.Kind == Domain {
		return r.Name
	}
	return r.Domain + "/" + r.Name
}

func newPlanner(ctx context.Context, api API, fed *spec.Federation, opts Options) (*planner, error) {
	p := &planner{
		api: api, read: &memory{API: api}, opts: opts, owner: fed.Keystone.Owner.Value, ownerAt: fed.Keystone.Owner.At,
		fed: map[string]spec.IdentityProvider{}, ids: newIDs(), seen: map[string]bool{}, removed: map[string]bool{}, granted: map[string]bool{}, providers: map[string]keystone.IdentityProvider{},
	}
	for _, idp := range fed.IdentityProviders {
		p.fed[idp.ID.Value] = idp
	}
	list, err := api.IdentityProviders(ctx)
	if err != nil {
		return nil, fmt.Errorf("identity providers: %w", err)
	}
	for _, idp := range list {
		p.providers[idp.ID] = idp
	}
	if p.roles, err = api.RoleIDs(ctx, ""); err != nil {
		return nil, fmt.Errorf("roles: %w", err)
	}
	return p, p.learnSchemas(ctx, fed)
}

// provider plans everything for one identity provider.
func (p *planner) provider(ctx context.Context, idp spec.IdentityProvider, raw json.RawMessage) error {
	if err := p.resource(ctx, ref{Domain, "", idp.Domain.Value}, idp.Domain); err != nil {
		return err
	}
	if err := p.groups(ctx, idp); err != nil {
		return err
	}
	if err := p.checkRoles(ctx, idp, raw); err != nil {
		return err
	}
	return p.trust(ctx, idp, raw)
}

// add notes a change, once: two identity providers may share a domain.
func (p *planner) add(c Change) {
	key := string(c.Kind) + " " + c.Object
	if c.phase == suspend || !p.seen[key] {
		p.changes = append(p.changes, c)
	}
	if c.phase != suspend {
		p.seen[key] = true
	}
}

func (p *planner) find(slug string, severity finding.Severity, at finding.Range, hint, format string, args ...any) {
	p.findings = append(p.findings, finding.Finding{
		Slug: slug, Severity: severity, At: at, Hint: hint, Message: fmt.Sprintf(format, args...),
	})
}
