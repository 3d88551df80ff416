package apply

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// wantedProvider is the identity provider as described, without its domain.
func (p *planner) wantedProvider(idp spec.IdentityProvider) keystone.IdentityProvider {
	wanted := keystone.IdentityProvider{
		ID: idp.ID.Value, Enabled: true, Description: sign(idp.DisplayName.Value, p.owner), RemoteIDs: []string{idp.RemoteID().Value},
	}
	if ttl := idp.AuthorizationTTL.Value; ttl > 0 {
		wanted.AuthorizationTTL = &ttl
	}
	return wanted
}

func (p *planner) identityProvider(ctx context.Context, idp spec.IdentityProvider) error {
	if err := p.checkIssuer(ctx, idp); err != nil {
		return err
	}
	wanted := p.wantedProvider(idp)
	change := Change{Kind: IdentityProvider, Object: idp.ID.Value, Action: None, phase: setIdentityProviders}
	now, exists := p.providers[idp.ID.Value]
	domain := ref{Domain, "", idp.Domain.Value}
	if !exists {
		p.checkCase(idp)
		change.Action, change.do = Create, p.providerCreator(wanted, domain)
		change.Fields = append(providerFields(keystone.IdentityProvider{}, wanted), Field{"domain", "", domain.Name})
		p.add(change)
		return nil
	}
	if err := p.checkDomain(ctx, idp, now); err != nil {
		return err
	}
	if change.Fields = providerFields(now, wanted); len(change.Fields) > 0 {
		change.Action = Update
		change.do = func(ctx context.Context) error { return p.updateProvider(ctx, wanted) }
	}
	p.add(change)
	return nil
}

// checkIssuer finds out who has the issuer already: Keystone lets a remote id
// belong to one identity provider only.
func (p *planner) checkIssuer(ctx context.Context, idp spec.IdentityProvider) error {
	holder := p.holder(idp.RemoteID().Value, idp.ID.Value)
	if holder == "" {
		return nil
	}
	if other, ours := p.fed[holder]; ours && other.RemoteID().Value != idp.RemoteID().Value {
		return nil // it gives the issuer up in this very plan
	}
	if free, err := p.givesUp(ctx, holder); free || err != nil {
		return err // it is closed first, and gives it up then
	}
	p.find("issuer-taken", finding.Error, idp.RemoteID().At,
		fmt.Sprintf("use the id %s here, or take the issuer from it: openstack identity provider set --remote-id OTHER %s", holder, holder),
		"Keystone's identity provider %q has the remote id %s already; a remote id belongs to one identity provider only", holder, idp.RemoteID())
	return nil
}

// holder is the identity provider other than not that has the remote id, or "".
func (p *planner) holder(remoteID, not string) string {
	for id, one := range p.providers {
		if id != not && slices.Contains(one.RemoteIDs, remoteID) {
			return id
		}
	}
	return ""
}

func (p *planner) checkCase(idp spec.IdentityProvider) {
	for id := range p.providers {
		if strings.EqualFold(id, idp.ID.Value) {
			p.find("name-differs-by-case", finding.Error, idp.ID.At, "write "+id,
				"Keystone has an identity provider %q, but %q is asked for: its database takes them for the same", id, idp.ID)
		}
	}
}

// checkDomain refuses another domain than the identity provider has: Keystone
// fixes it at creation, since the ids of its users are made of it.
func (p *planner) checkDomain(ctx context.Context, idp spec.IdentityProvider, now keystone.IdentityProvider) error {
	if now.DomainID == p.ids.of(ref{Domain, "", idp.Domain.Value}) {
		return nil
	}
	name, err := p.read.DomainName(ctx, now.DomainID)
	if err != nil {
		return fmt.Errorf("its domain %s: %w", now.DomainID, err)
	}
	p.find("domain-fixed", finding.Error, placeOf(idp.Domain, idp), "domain: "+name,
		"Keystone's identity provider %q has the domain %q, and %q is asked for: it is fixed at creation, since the ids of the users are made of it; keep it, or choose another id for a new identity provider",
		idp.ID, name, idp.Domain)
	return nil
}

// placeOf is where a key of an identity provider stands, or else its id: what is
// left out has a value too.
func placeOf(key spec.Text, idp spec.IdentityProvider) finding.Range {
	if key.At.Start.Known() {
		return key.At
	}
	return idp.ID.At
}

// providerFields tells where two identity providers differ.
func providerFields(now, wanted keystone.IdentityProvider) []Field {
	var fields []Field
	if !sameSet(now.RemoteIDs, wanted.RemoteIDs) {
		fields = append(fields, Field{"remote_ids", show(now.RemoteIDs), show(wanted.RemoteIDs)})
	}
	for _, f := range []Field{
		{"enabled", show(now.Enabled), show(wanted.Enabled)},
		{"description", show(now.Description), show(wanted.Description)},
		{"authorization_ttl", show(now.AuthorizationTTL), show(wanted.AuthorizationTTL)},
	} {
		if f.Old != f.New {
			fields = append(fields, f)
		}
	}
	return fields
}

func (p *planner) updateProvider(ctx context.Context, wanted keystone.IdentityProvider) error {
	return p.api.UpdateIdentityProvider(ctx, wanted.ID, keystone.IdentityProviderUpdate{
		Description: &wanted.Description, Enabled: &wanted.Enabled,
		RemoteIDs: &wanted.RemoteIDs, AuthorizationTTL: &wanted.AuthorizationTTL,
	})
}

func (p *planner) providerCreator(wanted keystone.IdentityProvider, domain ref) func(context.Context) error {
	return func(ctx context.Context) error {
		wanted.DomainID = p.ids.of(domain)
		err := p.api.CreateIdentityProvider(ctx, wanted)
		if keystone.IsConflict(err) {
			return p.providerConflict(ctx, wanted, err)
		}
		return err
	}
}

// providerConflict finds out what the 409 was about, which Keystone does not say:
// somebody made the same identity provider meanwhile, or its issuer is taken.
func (p *planner) providerConflict(ctx context.Context, wanted keystone.IdentityProvider, conflict error) error {
	now, err := p.api.IdentityProvider(ctx, wanted.ID)
	switch {
	case keystone.IsNotFound(err):
		return fmt.Errorf("another identity provider has the remote id %s (see openstack identity provider list --long): %w", wanted.RemoteIDs[0], conflict)
	case err != nil:
		return err
	case !sameMaker(now, wanted):
		return fmt.Errorf("somebody made it while this ran, and it %s: it stays as it is: %w", maker(now.Description), conflict)
	case now.DomainID != wanted.DomainID:
		return fmt.Errorf("somebody made it while this ran, in another domain (%s): %w", now.DomainID, conflict)
	}
	return p.updateProvider(ctx, wanted)
}
