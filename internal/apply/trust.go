package apply

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// trust plans mapping, identity provider and protocol.
func (p *planner) trust(ctx context.Context, idp spec.IdentityProvider, raw json.RawMessage) error {
	if p.untouchable(idp) {
		return nil
	}
	mapping, err := p.mapping(ctx, idp, raw)
	if err != nil {
		return err
	}
	protocol, err := p.protocol(ctx, idp)
	if err != nil {
		return err
	}
	if err := p.identityProvider(ctx, idp); err != nil {
		return err
	}
	p.add(mapping)
	p.add(protocol)
	p.suspend(idp, mapping.Action == Update || protocol.Action == Update)
	return nil
}

// suspend closes an identity provider first, where its issuer changes together
// with its rules: otherwise the old issuer would for a moment be trusted with the
// new rules, or for long after an interrupt. It also gives up an issuer that
// another identity provider of this plan takes over. The later update opens it.
func (p *planner) suspend(idp spec.IdentityProvider, rulesChange bool) {
	now, exists := p.providers[idp.ID.Value]
	wanted := p.wantedProvider(idp)
	if !exists || sameSet(now.RemoteIDs, wanted.RemoteIDs) || !(now.Enabled && rulesChange || p.takenOver(now)) {
		return
	}
	p.close(now)
}

// close takes the trust away: nobody gets in, and the issuers are free.
func (p *planner) close(now keystone.IdentityProvider) {
	closed, none := false, []string{}
	p.add(Change{
		Kind: IdentityProvider, Object: now.ID, Action: Update, phase: suspend,
		Fields: []Field{{"enabled", show(now.Enabled), show(closed)}, {"remote_ids", show(now.RemoteIDs), show(none)}},
		do: func(ctx context.Context) error {
			return p.api.UpdateIdentityProvider(ctx, now.ID, keystone.IdentityProviderUpdate{Enabled: &closed, RemoteIDs: &none})
		},
	})
}

// takenOver reports whether another identity provider of the federation is to
// have one of the remote ids.
func (p *planner) takenOver(now keystone.IdentityProvider) bool {
	for id, other := range p.fed {
		if id != now.ID && slices.Contains(now.RemoteIDs, other.RemoteID().Value) {
			return true
		}
	}
	return false
}
