package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/spec"
)

// withoutFound says, for each protection that can be switched off, what validate
// finds in the tree that is rendered then. Where it is "", another one still holds
// what it held: the environment cannot be forged by headers, headers are removed
// before they can be taken for claims, and a token is bound by its audience or its
// client.
var withoutFound = map[string]string{
	"httpd.deny_by_default":     "federation-paths-not-closed",
	"httpd.claim_guard":         "",
	"httpd.environment_claims":  "",
	"httpd.cookie_flags":        "cookie-readable-by-scripts",
	"httpd.no_registration":     "registration-endpoint-left",
	"provider.pkce":             "pkce-not-set",
	"provider.issuer":           "issuer-not-required",
	"provider.audience":         "",
	"provider.client":           "",
	"provider.tls_verification": "oauth-tls-off",
}

// withoutTwo are those that hold each other's place, both switched off.
var withoutTwo = map[string][2]string{
	"audience-not-required": {"{}", "{audience: a reason that this test has, client: a reason that this test has}"},
}

// TestWithout: each protection that is switched off is said by render, and found
// by whoever reviews what was rendered.
func TestWithout(t *testing.T) {
	c := newCaller(t)
	c.env["SECRET"] = "a-secret-of-this-test"
	c.file("corp.json", withoutDocument)
	baseline := c.foundWithout("{}", "{}")
	for _, name := range protections(t) {
		where, key, _ := strings.Cut(name, ".")
		settings := map[string]string{"httpd": "{}", "provider": "{}"}
		settings[where] = "{" + key + ": a reason that this test has}"
		new := slices.DeleteFunc(c.foundWithout(settings["httpd"], settings["provider"]), func(slug string) bool { return slices.Contains(baseline, slug) })
		want, known := withoutFound[name]
		if !known || want != "" && !slices.Contains(new, want) {
			t.Errorf("%s: found %v, want %q", name, new, want)
		}
	}
	for want, settings := range withoutTwo {
		if got := c.foundWithout(settings[0], settings[1]); !slices.Contains(got, want) {
			t.Errorf("%v: found %v, want %q", settings, got, want)
		}
	}
}

// protections are the names of all that can be switched off.
func protections(t *testing.T) []string {
	t.Helper()
	var doc struct {
		Defs map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal(spec.Schema(), &doc); err != nil {
		t.Fatal(err)
	}
	var out []string
	for where, def := range map[string]string{"httpd": "without", "provider": "providerWithout"} {
		for name := range doc.Defs[def].Properties {
			out = append(out, where+"."+name)
		}
	}
	slices.Sort(out)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(withoutFound)), out); diff != "" {
		t.Errorf("the table of this test (-) and the schema (+):\n%s", diff)
	}
	return out
}

// foundWithout renders, checks that render says what is switched off, and gives
// what validate finds.
func (c caller) foundWithout(httpd, provider string) []string {
	c.t.Helper()
	c.file("federation.yaml", strings.NewReplacer("HTTPD", httpd, "PROVIDER", provider).Replace(withoutDescription))
	done := c.run("render", "--offline", "-o", "out")
	if off := strings.Contains(done.stderr, "[hardening-off]"); done.status != 0 || off != (httpd+provider != "{}{}") {
		c.t.Fatalf("status %d: %s", done.status, done.stderr)
	}
	var report struct {
		Findings []struct{ Slug, Severity string }
	}
	judged := c.run("validate", "--format", "json", "--platform", "debian-12", "out")
	if err := json.Unmarshal([]byte(judged.stdout), &report); err != nil {
		c.t.Fatalf("%v\n%s", err, judged.stderr)
	}
	var out []string
	for _, f := range report.Findings {
		out = append(out, f.Slug)
	}
	return out
}

const withoutDescription = `version: 1
keystone: {url: "https://keystone.example.org:5000"}
platform: debian-12
httpd: {crypto_passphrase: {env: SECRET}, without: HTTPD}
identity_providers:
  corp:
    issuer: https://sso.example.org/realms/corp
    metadata: corp.json
    client: {id: keystone, secret: {env: SECRET}}
    rules: [{user: {name: "{preferred_username}"}}]
    without: PROVIDER
`

const withoutDocument = `{"issuer": "https://sso.example.org/realms/corp",
 "authorization_endpoint": "https://sso.example.org/realms/corp/protocol/openid-connect/auth",
 "token_endpoint": "https://sso.example.org/realms/corp/protocol/openid-connect/token",
 "registration_endpoint": "https://sso.example.org/realms/corp/clients-registrations/openid-connect",
 "jwks_uri": "https://sso.example.org/realms/corp/protocol/openid-connect/certs",
 "response_types_supported": ["code"]}
`
