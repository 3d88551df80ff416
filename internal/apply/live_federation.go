package apply

import (
	"context"

	"github.com/fedstone/fedstone/internal/keystone"
)

// IdentityProviders lists all identity providers, disabled ones too.
func (l live) IdentityProviders(ctx context.Context) ([]keystone.IdentityProvider, error) {
	return keystone.ListIdentityProviders(ctx, l.client)
}

// IdentityProvider reads one; a missing one is keystone.IsNotFound.
func (l live) IdentityProvider(ctx context.Context, id string) (keystone.IdentityProvider, error) {
	return keystone.GetIdentityProvider(ctx, l.client, id)
}

// CreateIdentityProvider makes one; a remote id that another has is keystone.IsConflict.
func (l live) CreateIdentityProvider(ctx context.Context, p keystone.IdentityProvider) error {
	return keystone.CreateIdentityProvider(ctx, l.client, p)
}

// UpdateIdentityProvider changes what u gives and leaves the rest.
func (l live) UpdateIdentityProvider(ctx context.Context, id string, u keystone.IdentityProviderUpdate) error {
	return keystone.UpdateIdentityProvider(ctx, l.client, id, u)
}

// Protocols lists those of an identity provider; none for one that is not there.
func (l live) Protocols(ctx context.Context, idp string) ([]keystone.Protocol, error) {
	return keystone.ListProtocols(ctx, l.client, idp)
}

// CreateProtocol makes one. It is the door: from now on its mapping lets people in.
func (l live) CreateProtocol(ctx context.Context, idp string, p keystone.Protocol) error {
	return keystone.CreateProtocol(ctx, l.client, idp, p)
}

// UpdateProtocol replaces its mapping and, where given, its remote id attribute.
func (l live) UpdateProtocol(ctx context.Context, idp string, p keystone.Protocol) error {
	return keystone.UpdateProtocol(ctx, l.client, idp, p)
}

// Mapping reads one with its rules as Keystone has them; a missing one is keystone.IsNotFound.
func (l live) Mapping(ctx context.Context, id string) (keystone.Mapping, error) {
	return keystone.GetMapping(ctx, l.client, id)
}

// CreateMapping makes one.
func (l live) CreateMapping(ctx context.Context, m keystone.Mapping) error {
	return keystone.CreateMapping(ctx, l.client, m)
}

// UpdateMapping replaces all rules of one.
func (l live) UpdateMapping(ctx context.Context, m keystone.Mapping) error {
	return keystone.UpdateMapping(ctx, l.client, m)
}

// DeleteIdentityProvider deletes one with its protocols.
func (l live) DeleteIdentityProvider(ctx context.Context, id string) error {
	return keystone.DeleteIdentityProvider(ctx, l.client, id)
}

// DeleteProtocol closes that way in.
func (l live) DeleteProtocol(ctx context.Context, idp, id string) error {
	return keystone.DeleteProtocol(ctx, l.client, idp, id)
}

// Mappings lists all of them.
func (l live) Mappings(ctx context.Context) ([]keystone.Mapping, error) {
	return keystone.ListMappings(ctx, l.client)
}

// DeleteMapping deletes one.
func (l live) DeleteMapping(ctx context.Context, id string) error {
	return keystone.DeleteMapping(ctx, l.client, id)
}
