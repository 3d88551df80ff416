package apply

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
)

// pruneProvider plans the end of an identity provider: it is closed before
// anything else is done, then protocol, mapping and what else was made for it go,
// and it goes itself at last. As long as it is there it says whose they are, so an
// interrupted run is carried on by the next.
func (p *planner) pruneProvider(ctx context.Context, now keystone.IdentityProvider) error {
	protocols, err := p.read.Protocols(ctx, now.ID)
	if err != nil {
		return err
	}
	if i := foreign(now.ID, protocols); i >= 0 {
		one := protocols[i]
		p.find("other-protocol", finding.Warning, p.ownerAt,
			fmt.Sprintf("openstack federation protocol delete --identity-provider %s %s", now.ID, one.ID),
			"identity provider %q is not described any more, but somebody gave it the protocol %q with the mapping %q: it stays as it is", now.ID, one.ID, one.MappingID)
		return nil
	}
	if now.Enabled || len(now.RemoteIDs) > 0 {
		p.close(now)
	}
	for _, one := range protocols {
		p.deleteProtocol(now.ID, one)
	}
	p.add(Change{
		Kind: IdentityProvider, Object: now.ID, Action: Delete, phase: deleteIdentityProviders,
		do: func(ctx context.Context) error { return p.api.DeleteIdentityProvider(ctx, now.ID) },
	})
	return p.pruneMapping(ctx, now.ID)
}

// foreign gives the index of a protocol that somebody gave an identity provider of
// ours, with a mapping that is not its own; -1 for none.
func foreign(idp string, protocols []keystone.Protocol) int {
	return slices.IndexFunc(protocols, func(one keystone.Protocol) bool { return one.MappingID != idp })
}

// givesUp reports whether an identity provider is deleted, and so gives up its issuer.
func (p *planner) givesUp(ctx context.Context, id string) (bool, error) {
	if !p.goes(id) {
		return false, nil
	}
	protocols, err := p.read.Protocols(ctx, id)
	return foreign(id, protocols) < 0, err
}

func (p *planner) deleteProtocol(idp string, one keystone.Protocol) {
	p.add(Change{
		Kind: Protocol, Object: idp + "/" + one.ID, Action: Delete, phase: deleteProtocols,
		do: func(ctx context.Context) error { return p.api.DeleteProtocol(ctx, idp, one.ID) },
	})
}

// pruneMapping plans the end of an identity provider's mapping, unless another one
// uses it.
func (p *planner) pruneMapping(ctx context.Context, id string) error {
	_, err := p.read.Mapping(ctx, id)
	if keystone.IsNotFound(err) {
		return nil
	}
	user, err := p.otherUser(ctx, id, err)
	switch {
	case err != nil:
		return err
	case user != "":
		p.left("mapping "+id, "identity provider "+user+" uses it", "give that one a mapping of its own")
		return nil
	}
	p.add(Change{
		Kind: Mapping, Object: id, Action: Delete, phase: deleteMappings,
		do: func(ctx context.Context) error { return p.api.DeleteMapping(ctx, id) },
	})
	return nil
}

// otherUser gives an identity provider that uses another's mapping, or "".
func (p *planner) otherUser(ctx context.Context, mapping string, err error) (string, error) {
	for _, other := range slices.Sorted(maps.Keys(p.providers)) {
		if err != nil {
			return "", err
		}
		var list []keystone.Protocol
		if other != mapping {
			list, err = p.read.Protocols(ctx, other)
		}
		if slices.ContainsFunc(list, func(one keystone.Protocol) bool { return one.MappingID == mapping }) {
			return other, err
		}
	}
	return "", err
}
