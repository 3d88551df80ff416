package spec

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStarterLoads(t *testing.T) {
	cases := map[string][]Announced{
		"keycloak": {{Issuer: "https://sso.example.org/realms/corp", Scopes: []string{"openid", "profile", "email"},
			Claims: []string{"aud", "sub", "preferred_username", "email", "groups"}, Grants: []string{"client_credentials", "password"}}},
		"says nothing":       {{Issuer: "https://op.example.org"}},
		"final slash":        {{Issuer: "https://tenant.eu.auth0.com/", Claims: []string{"sub", "email"}}},
		"no client creds":    {{Issuer: "https://accounts.google.com", Claims: []string{"sub"}, Grants: []string{"authorization_code"}}},
		"two of one name":    {{Issuer: "https://a.example.org/realms/corp"}, {Issuer: "https://b.example.org/realms/corp"}},
		"a word of YAML":     {{Issuer: "https://sso.example.org/realms/no"}, {Issuer: "https://sso.example.org/realms/null"}},
		"begins with digits": {{Issuer: "https://1and1.example.org/x"}, {Issuer: "https://10.0.0.1:8443/0123"}},
		"hostile lists": {{Issuer: "https://op.example.org", Scopes: []string{"a\nb: c", "${x}", "{{ x }}"},
			Claims: []string{"x\n  evil:", strings.Repeat("y", 1000)}, Grants: []string{"\u202e"}}},
	}
	for name, issuers := range cases {
		t.Run(name, func(t *testing.T) {
			text, err := Starter(issuers...)
			if err != nil {
				t.Fatal(err)
			}
			f, list := Load("federation.yaml", text)
			if len(list) > 0 {
				t.Fatalf("findings %v in\n%s", list, text)
			}
			for i, a := range issuers {
				if diff := cmp.Diff(a.Issuer, f.IdentityProviders[i].Issuer.Value); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// The comments are what a starter is for, and its examples have to load as well.
func TestStarterTeaches(t *testing.T) {
	text, err := Starter(Announced{Issuer: "https://sso.example.org/realms/corp",
		Claims: []string{"sub", "email", "preferred_username"}, Grants: []string{"client_credentials"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"https://keystone.example.org:5000/v3/OS-FEDERATION/redirect_uri",
		"announces the claims: sub, email, preferred_username",
		"announces the grants: client_credentials",
		"aud claim", "CORP_CLIENT_SECRET", `{name: "{preferred_username}", email: "{email}"}`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the starter lacks %q:\n%s", want, text)
		}
	}
	_, list := Load("uncommented", []byte(uncommented(string(text))))
	if list.HasErrors() {
		t.Errorf("with its examples switched on: %v\n%s", list, uncommented(string(text)))
	}
}

// uncommented switches on every comment that is a key of the form.
func uncommented(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		for _, key := range []string{"dashboards:", "cache:", "tls:", "groups:", "only:", "probe:", "  grant:", "  client:"} {
			if bare := strings.TrimLeft(line, " "); strings.HasPrefix(bare, "# "+key) {
				lines[i] = strings.Replace(line, "# ", "", 1)
			}
		}
	}
	return strings.Join(lines, "\n")
}

func TestStarterRefuses(t *testing.T) {
	for _, issuer := range []string{"http://op.example.org", "https://op.example.org/?a", "https://OP.example.org", ""} {
		if text, err := Starter(Announced{Issuer: issuer}); err == nil {
			t.Errorf("issuer %q was written:\n%s", issuer, text)
		}
	}
}

func TestIssuerID(t *testing.T) {
	cases := map[string]string{
		"https://sso.example.org/realms/corp":                                         "corp",
		"https://accounts.google.com":                                                 "google",
		"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0": "microsoftonline",
		"https://10.0.0.1:8443":                                                       "idp",
		"https://x.okta.com/oauth2/default":                                           "okta",
	}
	for issuer, want := range cases {
		if diff := cmp.Diff(want, issuerID(issuer)); diff != "" {
			t.Errorf("%s: %s", issuer, diff)
		}
	}
}
