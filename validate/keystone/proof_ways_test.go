package keystone_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// fromDashboard sends a browser that has logged in back to its dashboard, and expects a
// status with the firing configuration, and the page with the token with the mend.
func (m *mends) fromDashboard(origin string, status int) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		for dir, want := range map[string]int{fires: status, silent: 200} {
			got := m.ask(t, dir, prove.Call{Path: websso + "?origin=" + origin, Env: env(issuer)})
			if got.Status != want {
				t.Errorf("%s: %d, want %d\n%s", dir, got.Status, want, got.Reason)
			}
		}
	}
}

// logins expects a status, and Keystone's reason for it, with the firing configuration,
// and a token with the mend.
func (m *mends) logins(status int, reason string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		got := prove.StartKeystone(t, fires, objects()).Ask(t, prove.Call{Env: env(issuer)})
		if got.Status != status || !strings.Contains(got.Reason, reason) {
			t.Errorf("%d, want %d and %q\n%s", got.Status, status, reason, got.Reason)
		}
		m.wantToken(t, silent)
	}
}

func (m *mends) wantToken(t *testing.T, dir string) (token string) {
	t.Helper()
	got := m.ask(t, dir, prove.Call{Env: env(issuer)})
	if got.Status != 201 {
		t.Errorf("%s: %d, want 201\n%s", dir, got.Status, got.Reason)
	}
	return got.Header.Get("X-Subject-Token")
}

// starts expects that Keystone does not start with the firing configuration.
func (m *mends) starts(why string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		k := prove.StartKeystone(t, fires, objects())
		if k.Started || !strings.Contains(k.Said, why) {
			t.Errorf("started: %v, want %q\n%s", k.Started, why, k.Said)
		}
		m.wantToken(t, silent)
	}
}

// rescopes exchanges a federated user's token for another one.
func (m *mends) rescopes(t *testing.T, fires, silent string) {
	for dir, want := range map[string]int{fires: 401, silent: 201} {
		body := `{"auth": {"identity": {"methods": ["token"], "token": {"id": "` + m.wantToken(t, dir) + `"}}, "scope": "unscoped"}}`
		got := m.ask(t, dir, prove.Call{Method: http.MethodPost, Path: "/v3/auth/tokens", Header: map[string]string{"Content-Type": "application/json"}, Body: body})
		if got.Status != want {
			t.Errorf("%s: %d, want %d\n%s", dir, got.Status, want, got.Reason)
		}
	}
}

// anyIssuer logs in from an issuer that is none of the identity provider's.
func (m *mends) anyIssuer(t *testing.T, fires, silent string) {
	for dir, want := range map[string]int{fires: 201, silent: 403} {
		got := m.ask(t, dir, prove.Call{Env: env("https://op2.example.org")})
		if got.Status != want {
			t.Errorf("%s: %d, want %d\n%s", dir, got.Status, want, got.Reason)
		}
	}
}

// globalWebsso logs in where the issuer tells the identity provider.
func (m *mends) globalWebsso(t *testing.T, fires, silent string) {
	for dir, want := range map[string]int{fires: 401, silent: 200} {
		got := m.ask(t, dir, prove.Call{Path: global + "?origin=" + dashboard, Env: env(issuer)})
		if got.Status != want {
			t.Errorf("%s: %d, want %d\n%s", dir, got.Status, want, got.Reason)
		}
	}
	m.anyIssuer(t, fires, silent)
}

// givesReasons looks at the body of a refusal.
func (m *mends) givesReasons(t *testing.T, fires, silent string) {
	for dir, want := range map[string]bool{fires: true, silent: false} {
		got := m.ask(t, dir, prove.Call{Env: env("https://op2.example.org")})
		if told := strings.Contains(got.Body, "not included among the accepted identifiers"); got.Status != 403 || told != want {
			t.Errorf("%s: %d %s, want 403 with the reason: %v", dir, got.Status, got.Body, want)
		}
	}
}

// discovers looks at the address that the version document gives.
func (m *mends) discovers(address string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		for dir, want := range map[string]string{fires: address, silent: "https://keystone.example.org:5000/v3/"} {
			got := m.ask(t, dir, prove.Call{Method: http.MethodGet, Path: "/", Env: map[string]string{"wsgi.url_scheme": "http"}})
			if !strings.Contains(got.Body, want) || dir == silent && strings.Contains(got.Body, address) {
				t.Errorf("%s: without %s\n%s", dir, want, got.Body)
			}
		}
	}
}

// withObjects changes the objects as the firing configuration has them.
func (m *mends) withObjects(status int, change func(*prove.Objects)) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		fired := objects()
		change(&fired)
		if got := prove.StartKeystone(t, fires, fired).Ask(t, prove.Call{Env: env(issuer)}); got.Status != status {
			t.Errorf("%d, want %d\n%s", got.Status, status, got.Reason)
		}
		m.wantToken(t, silent)
	}
}

// secondProvider shares the first one's domain.
func secondProvider(o *prove.Objects) {
	o.IdentityProviders = append(o.IdentityProviders, prove.IdentityProvider{ID: "op2", Domain: "op1", RemoteIDs: []string{"https://op2.example.org"}})
	o.Protocols = append(o.Protocols, prove.Protocol{IdentityProvider: "op2", ID: "openid", Mapping: "m"})
}

// secondProtocol shares the first one's mapping.
func secondProtocol(o *prove.Objects) {
	o.Protocols = append(o.Protocols, prove.Protocol{IdentityProvider: "op1", ID: "mapped", Mapping: "m"})
	o.Mappings["robots"] = json.RawMessage(strings.Replace(string(o.Mappings["m"]), "{0}", "robot-{0}", 1))
}

// remoteIDs logs in from another issuer, at an identity provider without remote ids.
func (m *mends) remoteIDs(t *testing.T, fires, silent string) {
	fired := objects()
	fired.IdentityProviders[0].RemoteIDs = nil
	other := prove.Call{Env: env("https://op2.example.org")}
	if got := prove.StartKeystone(t, fires, fired).Ask(t, other); got.Status != 201 {
		t.Errorf("%d, want 201\n%s", got.Status, got.Reason)
	}
	if got := m.ask(t, silent, other); got.Status != 403 {
		t.Errorf("mended: %d, want 403\n%s", got.Status, got.Reason)
	}
}

// twice logs one user in at op1 and then by another way, which conflicts with the firing
// objects and does not with the mended ones.
func (m *mends) twice(fire, mend func(*prove.Objects), path, iss string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		for dir, want := range map[string]int{fires: 409, silent: 201} {
			o := objects()
			if fire(&o); dir == silent {
				mend(&o)
			}
			k := prove.StartKeystone(t, dir, o)
			first := k.Ask(t, prove.Call{Env: env(issuer)})
			second := k.Ask(t, prove.Call{Path: path, Env: env(iss)})
			if first.Status != 201 || second.Status != want {
				t.Errorf("%s: %d, then %d, want 201 and %d\n%s%s", dir, first.Status, second.Status, want, first.Reason, second.Reason)
			}
		}
	}
}
