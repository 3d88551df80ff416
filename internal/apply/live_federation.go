package apply

import (
	"context"

	"github.com/fedstone/fedstone/internal/keystone"
)

func (l live) IdentityProviders(ctx context.Context) ([]keystone.IdentityProvider, error) {
	return keystone.ListIdentityProviders(ctx, l.client)
}

func (l live) IdentityProvider(ctx context.Context, id string) (keystone.IdentityProvider, error) {
	return keystone.GetIdentityProvider(ctx, l.client, id)
}

func (l live) CreateIdentityProvider(ctx context.Context, p keystone.IdentityProvider) error {
	return keystone.CreateIdentityProvider(ctx, l.client, p)
}

func (l live) UpdateIdentityProvider(ctx context.Context, id string, u keystone.IdentityProviderUpdate) error {
	return keystone.UpdateIdentityProvider(ctx, l.client, id, u)
}

func (l live) Protocols(ctx context.Context, idp string) ([]keystone.Protocol, error) {
	return keystone.ListProtocols(ctx, l.client, idp)
}

func (l live) CreateProtocol(ctx context.Context, idp string, p keystone.Protocol) error {
	return keystone.CreateProtocol(ctx, l.client, idp, p)
}

func (l live) UpdateProtocol(ctx context.Context, idp string, p keystone.Protocol) error {
	return keystone.UpdateProtocol(ctx, l.client, idp, p)
}

func (l live) Mapping(ctx context.Context, id string) (keystone.Mapping, error) {
	return keystone.GetMapping(ctx, l.client, id)
}

func (l live) CreateMapping(ctx context.Context, m keystone.Mapping) error {
	return keystone.CreateMapping(ctx, l.client, m)
}

func (l live) UpdateMapping(ctx context.Context, m keystone.Mapping) error {
	return keystone.UpdateMapping(ctx, l.client, m)
}
