package templates_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

func text(s string) spec.Text { return spec.Text{Value: s} }

func list(values ...string) []spec.Text {
	var out []spec.Text
	for _, v := range values {
		out = append(out, text(v))
	}
	return out
}

// federation is a sound description with these identity providers.
func federation(platform string, idps ...spec.IdentityProvider) *spec.Federation {
	return &spec.Federation{
		Path: "federation.yaml", Platform: text(platform), IdentityProviders: idps,
		Keystone: spec.Keystone{URL: text("https://keystone.example.org:5000"), Dashboards: list("https://dashboard.example.org/dashboard")},
		HTTPD: spec.HTTPD{
			Layout: text("whole"), Strategy: text("auto"), GatePort: spec.Number{Value: 5051},
			CryptoPassphrase: spec.Secret{Env: text("PASSPHRASE")}, Cache: spec.Cache{Type: text("shm")},
		},
	}
}

// provider is a sound identity provider: alice's name, and groups that are named.
func provider(id, issuer string) spec.IdentityProvider {
	return spec.IdentityProvider{
		ID: text(id), DisplayName: text("The " + id), Issuer: text(issuer), Protocol: text("openid"), Domain: text(id),
		Client: spec.Client{ID: text("keystone"), Secret: spec.Secret{Env: text("CLIENT_" + id)}},
		Bearer: spec.Bearer{Token: text("access"), Audience: text("keystone"), Clients: list("cli")},
		Scopes: list("openid", "email", "profile"),
		Rules: []spec.Rule{{
			User: &spec.User{Name: text("{preferred_username}")}, GroupsBy: text("{groups}"),
			Filters: []spec.Filter{{Claim: text("groups"), Values: list("users", "readers")}},
		}},
	}
}

const keycloak = "/protocol/openid-connect/"

// document is what a Keycloak realm announces.
func document(issuer string) *oidc.Document {
	raw := map[string]any{
		"issuer": issuer, "authorization_endpoint": issuer + keycloak + "auth", "token_endpoint": issuer + keycloak + "token",
		"jwks_uri": issuer + keycloak + "certs", "registration_endpoint": issuer + "/clients-registrations/openid-connect",
		"grant_types_supported": []string{"authorization_code", "client_credentials"}, "response_types_supported": []string{"code"},
		"authorization_response_iss_parameter_supported": true,
	}
	return parsed(issuer, raw)
}

func parsed(issuer string, raw map[string]any) *oidc.Document {
	text, err := json.Marshal(raw)
	if err != nil {
		panic(err)
	}
	doc, err := oidc.ParseDocument(issuer, text)
	if err != nil {
		panic(err)
	}
	return doc
}

// inputs gives every provider a document, and secrets made of their names.
func inputs(fed *spec.Federation) templates.Inputs {
	in := templates.Inputs{Documents: map[string]*oidc.Document{}, Secrets: namedSecret}
	for _, idp := range fed.IdentityProviders {
		in.Documents[idp.ID.Value] = document(idp.Issuer.Value)
	}
	return in
}

func namedSecret(s spec.Secret) (secret.Value, error) {
	return secret.New("canary-of-" + strings.ToLower(s.Env.Value)), nil
}

func mustRender(t testing.TB, fed *spec.Federation, in templates.Inputs) *templates.Bundle {
	t.Helper()
	b, findings, err := templates.Render(fed, in)
	if err != nil || findings.HasErrors() {
		t.Fatalf("render: %v %v", err, findings)
	}
	if err := b.Verify(); err != nil {
		t.Fatal(err)
	}
	return b
}

func realm(n int) string { return fmt.Sprintf("https://sso.example.org/realms/r%d", n) }
