package iam

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Client asks the API. It may be used by several goroutines. Errors may be judged with
// keystone.IsNotFound and keystone.IsConflict.
type Client struct {
	session *gophercloud.ServiceClient
	base    string // the service's URL, without /v3
}

// NewClient takes a session of keystone.Connect: logging in is the same there
// (api-ref, obtaining a user token through password authentication).
func NewClient(session *gophercloud.ServiceClient) Client {
	return Client{session, keystone.CanonicalURL(session.Endpoint)}
}

// contentType is what every page of the reference asks for, also where no body is sent.
const contentType = "application/json;charset=utf8"

// send asks for one thing. body and answer may be nil.
func (c Client) send(ctx context.Context, method, path string, want int, body, answer any) error {
	_, err := c.session.Request(ctx, method, c.base+path, &gophercloud.RequestOpts{
		JSONBody: body, JSONResponse: answer, OkCodes: []int{want}, MoreHeaders: map[string]string{"Content-Type": contentType},
	})
	return allowed(keystone.Explain(err))
}

// allowed says of a 403 what this service asks for, which is no role of Keystone's.
func allowed(err error) error {
	var refusal *keystone.Refusal
	if errors.As(err, &refusal) && refusal.Status == http.StatusForbidden {
		return fmt.Errorf("%w: at this service that is the policy Security Administrator", err)
	}
	return err
}

const federation = "/v3/OS-FEDERATION/"

func providerPath(id string) string { return federation + "identity_providers/" + url.PathEscape(id) }

func protocolPath(idp, id string) string {
	return providerPath(idp) + "/protocols/" + url.PathEscape(id)
}

func mappingPath(id string) string { return federation + "mappings/" + url.PathEscape(id) }

// configurationPath is below v3.0, and spelt with a hyphen.
func configurationPath(idp string) string {
	return "/v3.0/OS-FEDERATION/identity-providers/" + url.PathEscape(idp) + "/openid-connect-config"
}

// IdentityProviders gives every one.
func (c Client) IdentityProviders(ctx context.Context) ([]IdentityProvider, error) {
	var answer struct {
		List []IdentityProvider `json:"identity_providers"`
	}
	err := c.send(ctx, http.MethodGet, federation+"identity_providers", http.StatusOK, nil, &answer)
	return answer.List, err
}

// CreateIdentityProvider makes one of p.ID.
func (c Client) CreateIdentityProvider(ctx context.Context, p IdentityProvider) error {
	id := p.ID
	p.ID = ""
	return c.send(ctx, http.MethodPut, providerPath(id), http.StatusCreated, map[string]any{"identity_provider": p}, nil)
}

// UpdateIdentityProvider changes the given fields: description and enabled.
func (c Client) UpdateIdentityProvider(ctx context.Context, id string, fields map[string]any) error {
	return c.send(ctx, http.MethodPatch, providerPath(id), http.StatusOK, map[string]any{"identity_provider": fields}, nil)
}

// DeleteIdentityProvider deletes one with its configuration and protocols.
func (c Client) DeleteIdentityProvider(ctx context.Context, id string) error {
	return c.send(ctx, http.MethodDelete, providerPath(id), http.StatusNoContent, nil, nil)
}
