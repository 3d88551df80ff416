package keystone

import (
	"context"

	"github.com/gophercloud/gophercloud/v2"
)

// IdentityProvider is an identity provider as Keystone keeps it
// (keystone/federation/schema.py, identity_provider_create).
type IdentityProvider struct {
	ID          string   `json:"id,omitempty"`
	Description string   `json:"description"`
	Enabled     bool     `json:"enabled"`
	DomainID    string   `json:"domain_id,omitempty"` // fixed at creation; empty: Keystone makes a domain of its own
	RemoteIDs   []string `json:"remote_ids"`          // each belongs to one identity provider only
	// AuthorizationTTL is in minutes; nil is Keystone's default_authorization_ttl.
	AuthorizationTTL *int `json:"authorization_ttl"`
}

// IdentityProviderUpdate holds what PATCH can change; a nil field stays as it is.
type IdentityProviderUpdate struct {
	Description *string
	Enabled     *bool
	RemoteIDs   *[]string
	// AuthorizationTTL points to the new value, which itself is nil for Keystone's default.
	AuthorizationTTL **int
}

const identityProviders = "OS-FEDERATION/identity_providers"

// ListIdentityProviders gives every identity provider. Without any, the list is
// empty and the error nil.
func ListIdentityProviders(ctx context.Context, c *gophercloud.ServiceClient) ([]IdentityProvider, error) {
	var answer struct {
		List []IdentityProvider `json:"identity_providers"`
	}
	err := get(ctx, c, &answer, identityProviders)
	return answer.List, err
}

// GetIdentityProvider gives one; IsNotFound(err) when there is none of that id.
func GetIdentityProvider(ctx context.Context, c *gophercloud.ServiceClient, id string) (IdentityProvider, error) {
	var answer struct {
		One IdentityProvider `json:"identity_provider"`
	}
	err := get(ctx, c, &answer, identityProviders, id)
	return answer.One, err
}

// CreateIdentityProvider makes one of p.ID. IsConflict(err) when the id or one of
// the remote ids is taken: Keystone does not say which.
func CreateIdentityProvider(ctx context.Context, c *gophercloud.ServiceClient, p IdentityProvider) error {
	id := p.ID
	p.ID = "" // the id stands in the path; Keystone refuses it in the body
	return put(ctx, c, map[string]any{"identity_provider": p}, identityProviders, id)
}

// UpdateIdentityProvider changes the given fields and leaves the others.
func UpdateIdentityProvider(ctx context.Context, c *gophercloud.ServiceClient, id string, u IdentityProviderUpdate) error {
	return patch(ctx, c, map[string]any{"identity_provider": u.body()}, identityProviders, id)
}

// body names only what is to change: an absent key and null differ for Keystone.
func (u IdentityProviderUpdate) body() map[string]any {
	body := map[string]any{}
	if u.Description != nil {
		body["description"] = *u.Description
	}
	if u.Enabled != nil {
		body["enabled"] = *u.Enabled
	}
	if u.RemoteIDs != nil {
		body["remote_ids"] = *u.RemoteIDs
	}
	if u.AuthorizationTTL != nil {
		body["authorization_ttl"] = *u.AuthorizationTTL
	}
	return body
}

// DeleteIdentityProvider deletes one and, with it, its protocols; IsNotFound(err)
// when there is none of that id.
func DeleteIdentityProvider(ctx context.Context, c *gophercloud.ServiceClient, id string) error {
	return remove(ctx, c, identityProviders, id)
}
