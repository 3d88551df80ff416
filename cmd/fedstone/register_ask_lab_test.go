package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

// keycloak is the registrar of corp, as a test of its own asks it.
func (r registered) keycloak(t *testing.T) register.Keycloak {
	t.Helper()
	issuer, web := labtest.IssuerURL(t, r.Lab, "corp"), r.web(t)
	client := oidc.Client{ID: "lab-registrar", Secret: secret.New(labtest.Secret(t, r.Lab, "corp-registrar"))}
	return register.Keycloak{Peer: register.Peer{Web: web}, Endpoint: register.KeycloakEndpoint(issuer), Account: register.AccountOf(web, issuer, client)}
}

func (r registered) web(t *testing.T) *http.Client {
	t.Helper()
	web, err := oidc.NewHTTPClient(r.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	return web
}

// tokenFor asks an issuer for a token, with a secret that may be an old one.
func (r registered) tokenFor(t *testing.T, idp, id, value string) error {
	t.Helper()
	doc, err := oidc.Discover(t.Context(), r.web(t), labtest.IssuerURL(t, r.Lab, idp))
	if err != nil {
		t.Fatal(err)
	}
	client := oidc.Client{ID: id, Secret: secret.New(strings.TrimSpace(value))}
	if idp == "campus" {
		_, err = oidc.ClientCredentials(t.Context(), r.web(t), doc, client, nil)
		return err
	}
	_, err = oidc.Password(t.Context(), r.web(t), doc, client, "alice", secret.New(labtest.Secret(t, r.Lab, "corp-user-alice")), []string{"openid"})
	return err
}

// id is what the description calls probe's client at a provider.
func (r registered) id(t *testing.T, idp string) string {
	t.Helper()
	_, tail, _ := strings.Cut(r.text(t, "federation.yaml"), "\n  "+idp+":")
	return strings.Trim(regexp.MustCompile(`probe: .*client: \{id: ([^,]*),`).FindStringSubmatch(tail)[1], `"`)
}
