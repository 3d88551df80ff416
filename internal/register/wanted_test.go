package register_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

const wantedHead = `version: 1
keystone: {url: "https://keystone.example.org:5000", owner: production, dashboards: ["https://dashboard.example.org/dashboard"]}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
`

const wantedProvider = `identity_providers:
  corp:
    issuer: https://sso.example.org/realms/corp
    client: {id: keystone, secret: {file: secrets/corp}}
`

// TestWanted: what of a registration follows from a description.
func TestWanted(t *testing.T) {
	const rules = "    rules: [{user: {name: \"{sub}\"}, groups: \"{roles}\", only: {roles: [a]}}]\n"
	party := func(change func(*register.Registration)) register.Registration {
		r := register.Registration{ID: "keystone", Name: "Keystone at keystone.example.org", Description: "made by fedstone for production", Kind: register.RelyingParty,
			AuthMethod: register.Basic, RedirectURIs: []string{"https://keystone.example.org:5000/v3/OS-FEDERATION/redirect_uri"},
			Grants: []string{register.Code, register.RefreshToken}, PKCE: "S256", GroupClaim: "roles"}
		change(&r)
		return r
	}
	cli := func(change func(*register.Registration)) register.Registration {
		r := register.Registration{ID: "cli", Name: "OpenStack command line at keystone.example.org", Description: "made by fedstone for production", Kind: register.CommandLine,
			AuthMethod: register.None, Audience: "cloud", GroupClaim: "roles"}
		change(&r)
		return r
	}
	same := func(*register.Registration) {}
	by := func(more string) string {
		return "    register: {by: keycloak, initial_access_token: {env: A}" + more + "}\n"
	}
	bearer := "    bearer: {audience: cloud, clients: [cli]}\n"
	for name, c := range map[string]struct {
		src  string
		want []register.Registration
	}{
		"the relying party is the bearer's client": {wantedHead + wantedProvider + rules + by(""), []register.Registration{party(func(r *register.Registration) { r.Audience = "keystone" })}},
		"no mappers":                            {wantedHead + wantedProvider + rules + by(", mappers: []"), []register.Registration{party(func(r *register.Registration) { r.GroupClaim = "" })}},
		"somebody else's clients":               {wantedHead + wantedProvider + rules + bearer + by(""), []register.Registration{party(same)}},
		"ID tokens have the client as audience": {wantedHead + wantedProvider + rules + "    bearer: {token: id}\n" + by(""), []register.Registration{party(same)}},
		"leaving everywhere": {wantedHead + "browser: {logout: everywhere}\n" + wantedProvider + rules + by(""), []register.Registration{party(func(r *register.Registration) {
			r.Audience, r.PostLogoutURIs = "keystone", []string{"https://dashboard.example.org/dashboard/auth/logout/"}
		})}},
		"without PKCE": {wantedHead + wantedProvider + rules + "    without: {pkce: 'the provider answers requests with a code_challenge with an error'}\n" + by(""), []register.Registration{party(func(r *register.Registration) {
			r.Audience, r.PKCE = "keystone", ""
		})}},
		"a public client with a page": {wantedHead + wantedProvider + rules + bearer + by(", clients: {cli: {grants: [code, device, refresh], name: Ours}}"), []register.Registration{party(same), cli(func(r *register.Registration) {
			r.Name, r.PKCE, r.RedirectURIs = "Ours", "S256", []string{"http://127.0.0.1/callback", "http://[::1]/callback"}
			r.Grants = []string{register.Code, register.Device, register.RefreshToken}
		})}},
		"probe's client": {wantedHead + wantedProvider + rules + bearer + "    probe: {grant: client_credentials, client: {id: cli, secret: {file: a}, auth_method: client_secret_post}}\n" + by(""), []register.Registration{party(same), cli(func(r *register.Registration) {
			r.AuthMethod, r.Grants = register.Post, []string{register.ClientCredentials}
		})}},
		"probe's client at a port": {wantedHead + wantedProvider + rules + bearer + "    probe: {grant: code, client: {id: cli}, redirect_port: 8123}\n" + by(""), []register.Registration{party(same), cli(func(r *register.Registration) {
			r.PKCE, r.Grants, r.RedirectURIs = "S256", []string{register.Code}, []string{"http://127.0.0.1:8123/callback"}
		})}},
		"probe's client in both places": {wantedHead + wantedProvider + rules + bearer + "    probe: {grant: password, username: a, password: {env: B}, client: {id: cli, secret: {file: a}}}\n" + by(", clients: {cli: {grants: [device]}}"), []register.Registration{party(same), cli(func(r *register.Registration) {
			r.AuthMethod, r.Grants = register.Basic, []string{register.Device, register.Password}
		})}},
		"a probe that is handed its token": {wantedHead + wantedProvider + rules + bearer + "    probe: {grant: stdin}\n" + by(""), []register.Registration{party(same)}},
	} {
		t.Run(name, func(t *testing.T) {
			fed, list := spec.Load("federation.yaml", []byte(c.src))
			if list.HasErrors() {
				t.Fatal(list)
			}
			wants, err := register.Wanted(fed, &fed.IdentityProviders[0], func(path string) string { return path })
			if err != nil {
				t.Fatal(err)
			}
			var got []register.Registration
			for _, w := range wants {
				if w.At == (finding.Range{}) {
					t.Errorf("%s has no place", w.ID)
				}
				got = append(got, w.Registration)
			}
			if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b secret.Value) bool { return a.Reveal() == b.Reveal() })); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
