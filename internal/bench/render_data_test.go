package bench

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

const keystoneURL = "https://keystone.example.org:5000"

// generated is a description of n Keycloak realms, and what else Render needs.
func generated(n int) (*spec.Federation, templates.Inputs) {
	fed := &spec.Federation{
		Path: "federation.yaml", Platform: text("debian-12"),
		Keystone: spec.Keystone{URL: text(keystoneURL), Dashboards: texts("https://dashboard.example.org/dashboard")},
		HTTPD:    spec.HTTPD{GatePort: spec.Number{Value: 5051}, CryptoPassphrase: spec.Secret{Env: text("PASSPHRASE")}, Cache: spec.Cache{Type: text("shm")}},
	}
	in := templates.Inputs{Documents: map[string]*oidc.Document{}, Secrets: namedSecret}
	for i := range n {
		idp := realm(fmt.Sprintf("idp-%d", i), fmt.Sprintf("https://sso.example.org/realms/r%d", i))
		fed.IdentityProviders = append(fed.IdentityProviders, idp)
		in.Documents[idp.ID.Value] = discovery(idp.Issuer.Value)
	}
	return fed, in
}

func realm(id, issuer string) spec.IdentityProvider {
	return spec.IdentityProvider{
		ID: text(id), DisplayName: text("The " + id), Issuer: text(issuer), Protocol: text("openid"), Domain: text("domain-" + id),
		Client: spec.Client{ID: text("keystone"), Secret: spec.Secret{Env: text("CLIENT_" + id)}},
		Bearer: spec.Bearer{Token: text("access"), Audience: text("keystone"), Clients: texts("cli")},
		Scopes: texts("openid", "email", "profile"),
		Rules: []spec.Rule{{
			User: &spec.User{Name: text("{preferred_username}")}, GroupsBy: text("{groups}"),
			Filters: []spec.Filter{{Claim: text("groups"), Values: texts("users", "readers")}},
		}},
	}
}

func discovery(issuer string) *oidc.Document {
	at := issuer + "/protocol/openid-connect/"
	raw, err := json.Marshal(map[string]any{
		"issuer": issuer, "authorization_endpoint": at + "auth", "token_endpoint": at + "token", "jwks_uri": at + "certs",
		"registration_endpoint":                          issuer + "/clients-registrations/openid-connect",
		"grant_types_supported":                          []string{"authorization_code", "client_credentials"},
		"response_types_supported":                       []string{"code"},
		"authorization_response_iss_parameter_supported": true,
	})
	if err != nil {
		panic(err)
	}
	doc, err := oidc.ParseDocument(issuer, raw)
	if err != nil {
		panic(err)
	}
	return doc
}

func namedSecret(s spec.Secret) (secret.Value, error) { return secret.New("of-" + s.Env.Value), nil }

func text(s string) spec.Text { return spec.Text{Value: s} }

func texts(values ...string) []spec.Text {
	var out []spec.Text
	for _, v := range values {
		out = append(out, text(v))
	}
	return out
}

// peerData is what the Jinja2 templates are given: the description as plain
// values, and what we derive from it, taken out of our own files.
func peerData(b *testing.B, fed *spec.Federation, in templates.Inputs, ours *templates.Bundle) map[string]any {
	b.Helper()
	phrases := passphrases(ours)
	if len(phrases) != len(fed.IdentityProviders)+1 {
		b.Fatalf("%d passphrases in the vhost file, want one for each identity provider and one more", len(phrases))
	}
	var manifest struct{ Files []map[string]string }
	if f, ok := ours.File(ours.Manifest); !ok || json.Unmarshal(f.Content, &manifest) != nil {
		b.Fatal("no manifest")
	}
	var idps []map[string]any
	for i, idp := range fed.IdentityProviders {
		idps = append(idps, peerProvider(idp, in.Documents[idp.ID.Value], phrases[i+1]))
	}
	return map[string]any{
		"keystone_url": keystoneURL, "gate": "127.0.0.1:5051", "wsgi_script": "/usr/bin/keystone-wsgi-public",
		"error_log": "/var/log/apache2/keystone_wsgi_error.log", "ca_bundle": "/etc/ssl/certs/ca-certificates.crt",
		"claim_headers": []string{"OIDC-groups", "OIDC-iss", "OIDC-preferred-username", "OIDC-sub"},
		"passphrase":    phrases[0], "idps": idps, "files": manifest.Files,
	}
}

func peerProvider(idp spec.IdentityProvider, doc *oidc.Document, passphrase string) map[string]any {
	issuer := idp.Issuer.Value
	return map[string]any{
		"id": idp.ID.Value, "title": idp.DisplayName.Value, "issuer": issuer, "protocol": idp.Protocol.Value, "domain": idp.Domain.Value,
		"issuer_escaped": url.QueryEscape(issuer), "issuer_pattern": asPattern.Replace(issuer),
		"metadata_name": url.QueryEscape(strings.TrimPrefix(issuer, "https://")),
		"client_id":     idp.Client.ID.Value, "client_secret": "of-" + idp.Client.Secret.Env.Value, "passphrase": passphrase,
		"audience": idp.Bearer.Audience.Value, "clients": []string{"cli"}, "client_claim": "azp",
		"scope": "openid email profile", "groups": []string{"users", "readers"}, "document": doc.Raw,
	}
}

// asPattern writes an issuer as the regular expression that the vhost file has.
var asPattern = strings.NewReplacer(":", "(?![9;])[9-;]", ".", "[.]")

var passphraseLine = regexp.MustCompile(`(?m)^ *OIDCCryptoPassphrase (\S+)$`)

func passphrases(ours *templates.Bundle) []string {
	var out []string
	for _, f := range ours.Files {
		if f.Kind == templates.HTTPD {
			for _, m := range passphraseLine.FindAllSubmatch(f.Content, -1) {
				out = append(out, string(m[1]))
			}
		}
	}
	return out
}
