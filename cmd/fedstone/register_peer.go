package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/register/adapter"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// registrarOf gives the way in which an identity provider keeps its clients.
func registrarOf(c *cli.Context, fed *spec.Federation, idp *spec.IdentityProvider) (register.Registrar, error) {
	web, err := httpClient(c, fed)
	if err != nil {
		return nil, err
	}
	r, ask := idp.Register, registerSecrets(c, fed)
	initial, err := registerSecret(ask, r.InitialAccessToken)
	if err != nil {
		return nil, err
	}
	account, err := registerSecret(ask, r.Client.Secret)
	if err != nil {
		return nil, err
	}
	at, err := registerIssuer(c, ask, r)
	if err != nil {
		return nil, err
	}
	if at.ID != "" {
		return registrarAt(web, idp, at)
	}
	p := registrarParts{web: web, idp: idp, initial: initial, account: oidc.Client{ID: r.Client.ID.Value, Secret: account}}
	switch r.By.Value {
	case spec.ByKeycloak:
		return p.keycloak(), nil
	case spec.ByDynamic:
		return p.dynamic(c.Context)
	default:
		return adapter.New(web, register.Endpoint{URL: r.Endpoint.Value, ID: p.account.ID, Secret: account}), nil
	}
}

// registerSecret gives an empty one where none is named.
func registerSecret(from spec.Resolver, s spec.Secret) (secret.Value, error) {
	if !s.Given() {
		return secret.Value{}, nil
	}
	value, err := from.Resolve(s)
	if err != nil {
		return value, cli.Exit(err.Error(), exitUsage)
	}
	return value, nil
}

// registrarParts are what registrars are made of.
type registrarParts struct {
	web     *http.Client
	idp     *spec.IdentityProvider
	initial secret.Value
	account oidc.Client
}

func (p registrarParts) keycloak() register.Keycloak {
	k := register.Keycloak{Peer: register.Peer{Web: p.web}, Endpoint: p.idp.Register.Endpoint.Value, Initial: p.initial}
	if k.Endpoint == "" {
		k.Endpoint = register.KeycloakEndpoint(p.idp.Issuer.Value)
	}
	if p.account.ID != "" {
		k.Account = register.AccountOf(p.web, p.idp.Issuer.Value, p.account)
	}
	return k
}

// dynamic asks the provider's document for what the description does not say.
func (p registrarParts) dynamic(ctx context.Context) (register.Registrar, error) {
	doc, err := oidc.Discover(ctx, p.web, p.idp.Issuer.Value)
	if err != nil {
		return nil, err
	}
	d := register.Dynamic{Peer: register.Peer{Web: p.web}, Endpoint: p.idp.Register.Endpoint.Value, Initial: p.initial, Logout: doc.EndSessionEndpoint != ""}
	if d.Endpoint == "" {
		d.Endpoint, err = doc.Registration()
	}
	if err == nil && d.Endpoint == "" {
		return nil, fmt.Errorf("%s has no registration_endpoint: the provider does not take registrations, or says elsewhere where (register.endpoint)", oidc.WellKnown(p.idp.Issuer.Value))
	}
	return d, err
}
