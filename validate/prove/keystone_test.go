package prove_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/prove"
)

func objects(mapping string) prove.Objects {
	return prove.Objects{
		IdentityProviders: []prove.IdentityProvider{{ID: "op1", RemoteIDs: []string{op1}}},
		Protocols:         []prove.Protocol{{IdentityProvider: "op1", ID: "openid", Mapping: "m"}},
		Mappings:          map[string]json.RawMessage{"m": json.RawMessage(mapping)},
		Groups:            []prove.Named{{ID: "readers", Name: "readers", Domain: "op1"}},
	}
}

const mapped = `[{"local": [{"user": {"name": "{0}"}, "group": {"id": "readers"}}], "remote": [{"type": "OIDC-sub"}]}]`

// TestKeystone: Keystone answers an environment as in a deployment, and its log has the reason.
func TestKeystone(t *testing.T) {
	t.Parallel()
	good := prove.StartKeystone(t, "testdata/keystone/good", objects(mapped))
	noMethod := prove.StartKeystone(t, "testdata/keystone/no-method", objects(mapped))
	for name, c := range map[string]struct {
		keystone *prove.Keystone
		call     prove.Call
		want     int
		reason   string
	}{
		"mapped":          {good, prove.Call{Env: map[string]string{"OIDC-iss": op1, "OIDC-sub": "alice"}}, 201, ""},
		"another issuer":  {good, prove.Call{Env: map[string]string{"OIDC-iss": op2, "OIDC-sub": "alice"}}, 403, "Forbidden: Incoming identity provider identifier not included among the accepted identifiers."},
		"nothing mapped":  {good, prove.Call{Env: map[string]string{"OIDC-iss": op1}}, 401, "Unauthorized: Could not map any federated user properties to identity values. Check debug logs or the mapping used for additional details."},
		"not configured":  {noMethod, prove.Call{Env: map[string]string{"OIDC-iss": op1, "OIDC-sub": "alice"}}, 401, "AuthMethodNotSupported: Attempted to authenticate with an unsupported method."},
		"no such idp":     {good, prove.Call{Path: "/v3/OS-FEDERATION/identity_providers/op9/protocols/openid/auth"}, 404, "IdentityProviderNotFound: Could not find Identity Provider: op9."},
		"no such address": {good, prove.Call{Method: "GET", Path: "/v3/nowhere"}, 404, ""},
	} {
		got := c.keystone.Ask(t, c.call)
		if diff := cmp.Diff([]any{c.want, c.reason}, []any{got.Status, got.Reason}); diff != "" {
			t.Errorf("%s: (-want +got)\n%s%s\n%s", name, diff, got.Body, got.Log)
		}
	}
}

// TestKeystoneRefuses: what keeps Keystone from starting, and a mapping that its API would not take.
func TestKeystoneRefuses(t *testing.T) {
	t.Parallel()
	if k := prove.StartKeystone(t, "testdata/keystone/broken", prove.Objects{}); k.Started || !contains(k.Said, "ConfigFileParseError") {
		t.Errorf("started: %v\n%s", k.Started, k.Said)
	}
	k := prove.StartKeystone(t, "testdata/keystone/good", objects(`[{"remote": [{"type": "OIDC-sub"}]}]`))
	if got := k.Refused["m"]; !k.Started || !contains(got, "'local' is a required property") {
		t.Errorf("started %v, refused %q\n%s", k.Started, got, k.Said)
	}
}

// TestFromHttpdToKeystone: what httpd puts into the environment is what Keystone maps.
func TestFromHttpdToKeystone(t *testing.T) {
	t.Parallel()
	site := prove.Start(t, "testdata/good")
	keystone := prove.StartKeystone(t, "testdata/keystone/good", objects(mapped))
	came := site.Ask(t, prove.Ask{Method: "POST", Path: auth, Bearer: site.Token(t, op1)})
	got := keystone.Ask(t, prove.Call{Env: came.Env})
	if got.Status != 201 || !contains(got.Body, `"name": "user-alice"`) {
		t.Errorf("%d %s\n%s", got.Status, got.Body, got.Reason)
	}
}

// TestKeystoneObjects: the usual objects of a fixture, and those that a test gives.
func TestKeystoneObjects(t *testing.T) {
	t.Parallel()
	alice := prove.Call{Env: map[string]string{"OIDC-iss": op1, "OIDC-preferred_username": "alice", "OIDC-groups": "readers;members"}}
	usual := prove.StartKeystone(t, "testdata/keystone/good", prove.Objects{}).Ask(t, alice)
	if want := "MappedGroupNotFound: Group readers returned by mapping mapping was not found in the backend."; usual.Status != 500 || usual.Reason != want {
		t.Errorf("a group that is not there: %d %q, want 500 %q", usual.Status, usual.Reason, want)
	}
	with := objects(`[{"local": [{"user": {"name": "{0}"}, "projects": [{"name": "ops", "roles": [{"name": "member"}]}]}], "remote": [{"type": "OIDC-preferred_username"}]}]`)
	with.Roles = []string{"member"}
	k := prove.StartKeystone(t, "testdata/keystone/good", with)
	token := k.Ask(t, alice).Header.Get("X-Subject-Token")
	projects := k.Ask(t, prove.Call{Method: "GET", Path: "/v3/auth/projects", Header: map[string]string{"X-Auth-Token": token}})
	if projects.Status != 200 || !contains(projects.Body, `"name": "ops"`) {
		t.Errorf("the projects of a token: %d %s\n%s", projects.Status, projects.Body, projects.Reason)
	}
}

// TestKeystoneWebsso: a trusted dashboard gets the form with the token, any other 401.
func TestKeystoneWebsso(t *testing.T) {
	t.Parallel()
	k := prove.StartKeystone(t, "testdata/keystone/good", objects(mapped))
	for origin, want := range map[string]int{"https://dashboard.example.org/auth/websso/": 200, "https://other.example.org/auth/websso/": 401} {
		got := k.Ask(t, prove.Call{Method: "GET", Path: "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso?origin=" + origin,
			Env: map[string]string{"OIDC-iss": op1, "OIDC-sub": "alice"}})
		if got.Status != want || contains(got.Body, origin) != (want == 200) {
			t.Errorf("%s: %d, want %d (%s)\n%s", origin, got.Status, want, got.Reason, got.Body)
		}
	}
}
