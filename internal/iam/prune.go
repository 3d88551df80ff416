package iam

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// prune plans the end of what bears this description's name and is not described any
// more. The identity provider goes last: it says whose the others are.
func (p *planner) prune(ctx context.Context) error {
	if !p.opts.Prune {
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(p.there)) {
		described := slices.ContainsFunc(p.fed.IdentityProviders, func(idp spec.IdentityProvider) bool { return idp.ID.Value == id })
		if described || !apply.Own(p.there[id].Description, p.owner) {
			continue
		}
		if err := p.pruneProvider(ctx, p.there[id]); err != nil {
			return fmt.Errorf("identity provider %s: %w", id, err)
		}
	}
	return nil
}

func (p *planner) pruneProvider(ctx context.Context, now IdentityProvider) error {
	protocols, err := p.api.Protocols(ctx, now.ID)
	if err != nil {
		return err
	}
	for _, one := range protocols {
		if one.MappingID != now.ID {
			p.find("other-protocol", finding.Warning, p.fed.Keystone.Owner.At, "delete that protocol in the service's console",
				"identity provider %q is not described any more, but somebody gave it the protocol %q with the mapping %q: it stays as it is", now.ID, one.ID, one.MappingID)
			return nil
		}
	}
	if now.Enabled {
		p.close(now)
	}
	for _, one := range protocols {
		p.remove(apply.Protocol, now.ID+"/"+one.ID, deleteProtocols, func(ctx context.Context) error { return p.api.DeleteProtocol(ctx, now.ID, one.ID) })
	}
	p.remove(apply.IdentityProvider, now.ID, deleteProviders, func(ctx context.Context) error { return p.api.DeleteIdentityProvider(ctx, now.ID) })
	_, err = p.api.Mapping(ctx, now.ID)
	if keystone.IsNotFound(err) {
		return nil
	}
	p.remove(apply.Mapping, now.ID, deleteMappings, func(ctx context.Context) error { return p.api.DeleteMapping(ctx, now.ID) })
	return err
}

func (p *planner) remove(kind apply.Kind, object string, order int, do func(context.Context) error) {
	p.changes = append(p.changes, apply.Step(apply.Change{Kind: kind, Object: object, Action: apply.Delete}, order, do))
}
