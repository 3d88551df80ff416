package claims_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	auth   = "/v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth"
	websso = "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso?origin=https://dashboard.example.org/auth/websso/"
	op1    = "https://op1.example.org"
)

// TestProof runs both configurations of a rule on the real programs: what httpd gives
// to its application goes to Keystone.
func TestProof(t *testing.T) {
	staff := prove.Claims{"groups": []string{"staff"}}
	proofs := map[string]func(t *testing.T, fires, silent string){
		"claim-prefix-empty":          withToken(staff),
		"claims-not-passed":           withToken(staff),
		"claims-lost-in-proxy":        withToken(staff),
		"claims-in-other-form":        withToken(staff),
		"remote-id-never-set":         withToken(staff),
		"mapping-type-never-set":      withToken(staff),
		"mapping-type-header-dropped": withToken(prove.Claims{"groups": []string{"staff"}, "preferred_username": "alice"}),
		"claim-encoded":               refusedWith(403, staff),
		"claim-delimiter":             withToken(prove.Claims{"groups": []string{"staff", "users"}}),
		"list-is-json-text":           withToken(staff),
		"claim-is-boolean":            withToken(prove.Claims{"groups": []string{"staff"}, "email_verified": true}),
		"claim-prefix-differs":        inBrowser,
		"claim-filtered-out":          inBrowser,
	}
	for slug, proof := range proofs {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			proof(t, "testdata/"+slug+"/fires", "testdata/"+slug+"/silent")
		})
	}
}

// withToken: Keystone finds nobody in a token with these claims, and mended takes it.
func withToken(claims prove.Claims) func(t *testing.T, fires, silent string) {
	return refusedWith(401, claims)
}

func refusedWith(status int, claims prove.Claims) func(t *testing.T, fires, silent string) {
	return func(t *testing.T, fires, silent string) {
		for fixture, want := range map[string]int{fires: status, silent: 201} {
			site := prove.Start(t, fixture)
			httpd := site.Ask(t, prove.Ask{Path: auth, Bearer: site.Token(t, op1, claims)})
			wantKeystone(t, fixture, httpd, want)
		}
	}
}

// inBrowser: Keystone refuses a user of staff who has logged in with a browser, and
// mended takes him.
func inBrowser(t *testing.T, fires, silent string) {
	staff := prove.WithIssuers(prove.Issuers{IDToken: func(_ string, claims prove.Claims) { claims["groups"] = []string{"staff"} }})
	for fixture, want := range map[string]int{fires: 401, silent: 200} {
		httpd, way := prove.Start(t, fixture, staff).Login(t, websso, op1, "alice")
		if httpd.Env == nil {
			t.Errorf("%s: httpd answers %d\n%s", fixture, httpd.Status, way)
		}
		wantKeystone(t, fixture, httpd, want)
	}
}

// wantKeystone gives Keystone what httpd has given its application.
func wantKeystone(t *testing.T, fixture string, httpd prove.Answer, want int) {
	t.Helper()
	if httpd.Env == nil {
		t.Fatalf("%s: httpd answers %d itself\n%s", fixture, httpd.Status, httpd.Body)
	}
	rules, err := os.ReadFile(filepath.Join(fixture, "etc/keystone/mappings/op1.json"))
	if err != nil {
		t.Fatal(err)
	}
	keystone := prove.StartKeystone(t, fixture, prove.Objects{
		IdentityProviders: []prove.IdentityProvider{{ID: "op1", Domain: "op1", RemoteIDs: []string{op1}}},
		Protocols:         []prove.Protocol{{IdentityProvider: "op1", ID: "openid", Mapping: "corp"}},
		Mappings:          map[string]json.RawMessage{"corp": rules},
		Groups:            []prove.Named{{ID: "staff-of-op1", Name: "staff", Domain: "op1"}},
	})
	if got := keystone.Ask(t, prove.Call{Env: httpd.Env}); got.Status != want {
		t.Errorf("%s: Keystone answers %d, want %d (%s)\n%s", fixture, got.Status, want, got.Reason, httpd.Body)
	}
}
