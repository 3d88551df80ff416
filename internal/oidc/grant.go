package oidc

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/fedstone/fedstone/internal/secret"
)

// The grants, by the names of grant_types_supported.
const (
	grantClient   = "client_credentials"
	grantPassword = "password"
	grantDevice   = "urn:ietf:params:oauth:grant-type:device_code"
	grantCode     = "authorization_code"
	grantRefresh  = "refresh_token"
)

// Tokens are what a token endpoint gave. ID and Refresh may be empty; a zero
// Expiry means that the answer named none. Scope is what was granted, separated
// by spaces; "" where the answer left it out, which means all that was asked for
// (RFC 6749 section 5.1).
type Tokens struct {
	Access  secret.Value
	ID      secret.Value
	Refresh secret.Value
	Expiry  time.Time
	Scope   string
}

// ClientCredentials gets a token for the client itself (RFC 6749 section 4.4).
func ClientCredentials(ctx context.Context, web *http.Client, doc *Document, c Client, scopes []string) (Tokens, error) {
	return asking{web, doc, c}.grant(ctx, grantClient, nil, scopes)
}

// Password gets a token with a person's name and password (RFC 6749 section
// 4.3), which RFC 9700 section 2.4 forbids to everything but tests like ours.
func Password(ctx context.Context, web *http.Client, doc *Document, c Client, username string, password secret.Value, scopes []string) (Tokens, error) {
	params := url.Values{"username": {username}, "password": {password.Reveal()}}
	return asking{web, doc, c}.grant(ctx, grantPassword, params, scopes)
}

// Refresh gets new tokens for a refresh token (RFC 6749 section 6). A provider
// that rotates gives a new one in Tokens.Refresh, and the old one is then worth
// nothing; where it gives none, the old one stays. Without scopes the token
// keeps those it has.
func Refresh(ctx context.Context, web *http.Client, doc *Document, c Client, refresh secret.Value, scopes []string) (Tokens, error) {
	return asking{web, doc, c}.grant(ctx, grantRefresh, url.Values{"refresh_token": {refresh.Reveal()}}, scopes)
}

// asking is one client at one provider.
type asking struct {
	web    *http.Client
	doc    *Document
	client Client
}

// grant asks the token endpoint once. clientcredentials is the one door of
// x/oauth2 that takes any grant_type with any parameters.
func (a asking) grant(ctx context.Context, grant string, params url.Values, scopes []string) (Tokens, error) {
	if err := a.doc.offers(grant); err != nil {
		return Tokens{}, err
	}
	form, err := a.doc.assertion(a.client)
	if err != nil {
		return Tokens{}, err
	}
	for name, v := range params {
		form[name] = v
	}
	form.Set("grant_type", grant)
	conf := clientcredentials.Config{
		ClientID: a.client.ID, ClientSecret: secretOf(a.client), TokenURL: a.doc.TokenEndpoint,
		Scopes: scopes, AuthStyle: a.doc.authStyle(a.client), EndpointParams: form,
	}
	token, err := conf.Token(context.WithValue(ctx, oauth2.HTTPClient, a.web))
	if err != nil {
		return Tokens{}, grantError(a.doc.TokenEndpoint, grant, err)
	}
	return tokens(token), nil
}

func tokens(token *oauth2.Token) Tokens {
	id, _ := token.Extra("id_token").(string)
	scope, _ := token.Extra("scope").(string)
	return Tokens{
		Access: secret.New(token.AccessToken), ID: secret.New(id), Refresh: secret.New(token.RefreshToken),
		Expiry: token.Expiry, Scope: scope,
	}
}

// offers refuses a grant that the provider lists not, before anything is sent. A
// document without the list (Microsoft's) is no reason to refuse.
func (d *Document) offers(grant string) error {
	if len(d.GrantTypesSupported) == 0 || slices.Contains(d.GrantTypesSupported, grant) {
		return nil
	}
	return &Error{
		Kind: GrantUnoffered, At: WellKnown(d.Issuer), Got: fmt.Sprintf("grant_types_supported lists no %s", grant),
		Want: "one of " + Excerpt(strings.Join(d.GrantTypesSupported, ", "), 300),
		Mend: "choose another `probe: {grant: …}`, or allow this one at the provider",
	}
}
