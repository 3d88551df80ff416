package probe

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

func isolated(t *testing.T, c *cloud) Result {
	t.Helper()
	opts := c.options(t)
	opts.Isolation = true
	return run(t, c, opts)
}

// failing gives the cells that failed, as "token at path, when".
func failing(r Result) map[string]Cell {
	out := map[string]Cell{}
	for _, c := range r.Isolation {
		if c.Verdict != Pass {
			out[c.Token+" at "+c.Path+", "+c.When] = c
		}
	}
	return out
}

// A cache that does not tell issuers apart lets a token in everywhere once it
// has been accepted: only the second round can see it.
func TestSharedCache(t *testing.T) {
	c := newCloud(t, "corp", "partner")
	c.leaky = true
	bad := failing(isolated(t, c))
	for _, name := range []string{"corp at " + authPath("partner"), "partner at " + authPath("corp")} {
		if cell, ok := bad[name+", after-use"]; !ok || !cell.Critical || cell.Status != 201 || !strings.Contains(cell.Cause, "revoked at once") {
			t.Errorf("%s, after-use: %+v", name, cell)
		}
		if _, ok := bad[name+", cold"]; ok {
			t.Errorf("%s failed cold: the case proves nothing", name)
		}
	}
	c.expectAllRevoked(t)
}

func TestForeignClientLetIn(t *testing.T) {
	c := newCloud(t, "corp")
	c.at(authPath("corp"), func(w http.ResponseWriter, r *http.Request) {
		if strings.Count(r.Header.Get("Authorization"), ".") == 2 {
			c.issue(w, "corp", "x")
			return
		}
		c.httpd(w, r)
	})
	bad := failing(isolated(t, c))
	if cell := bad["corp/foreign at "+authPath("corp")+", cold"]; !cell.Critical || !strings.Contains(cell.Mend, "RequireAll") {
		t.Errorf("%+v", bad)
	}
	c.expectAllRevoked(t)
}

func TestForeignClientWithoutToken(t *testing.T) {
	c := newCloud(t, "corp")
	c.ops["corp"].Secrets["wiki"] = "other"
	bad := failing(isolated(t, c))
	if cell := bad["corp/foreign at "+authPath("corp")+", cold"]; cell.AnsweredBy != keystone.ByNobody || !strings.Contains(cell.Cause, "invalid_client") {
		t.Errorf("%+v", bad)
	}
}

func TestForgedHeaders(t *testing.T) {
	const tokens, websso = "/v3/auth/tokens", "/v3/auth/OS-FEDERATION/websso/openid"
	byHeader := func(c *cloud, then func(http.ResponseWriter)) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.Header.Get("OIDC-iss") != "":
				then(w)
			case strings.HasSuffix(r.URL.Path, "/auth"):
				c.httpd(w, r)
			default:
				c.keystone(w, r)
			}
		}
	}
	cases := map[string]struct {
		path     string
		then     func(*cloud) func(http.ResponseWriter)
		cell     string
		critical bool
		text     string
	}{
		"forged user is let in": {authPath("corp"), func(c *cloud) func(http.ResponseWriter) {
			return func(w http.ResponseWriter) { c.issue(w, "corp", "x") }
		}, "forged headers at " + authPath("corp"), true, "CRITICAL"},
		"upper case passes httpd": {authPath("CORP"), func(*cloud) func(http.ResponseWriter) {
			return func(w http.ResponseWriter) { refuse(w, 404) }
		}, "forged headers at " + authPath("CORP"), false, "httpd let it pass"},
		"Keystone reads a forged issuer": {tokens, func(*cloud) func(http.ResponseWriter) {
			return func(w http.ResponseWriter) { refuse(w, 403) }
		}, "forged issuer at " + tokens, false, "forged in a header"},
		"Keystone lets a forged issuer in": {tokens, func(c *cloud) func(http.ResponseWriter) {
			return func(w http.ResponseWriter) { c.issue(w, "corp", "x") }
		}, "forged issuer at " + tokens, true, "CRITICAL"},
		"global websso is open": {websso, func(*cloud) func(http.ResponseWriter) {
			return func(w http.ResponseWriter) { refuse(w, 401) }
		}, "forged issuer at " + websso, false, "httpd let it pass"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := newCloud(t, "corp")
			c.at(tc.path, byHeader(c, tc.then(c)))
			bad := failing(isolated(t, c))
			if cell, ok := bad[tc.cell+", cold"]; !ok || len(bad) != 1 || cell.Critical != tc.critical || !strings.Contains(cell.Cause, tc.text) {
				t.Errorf("failed cells %+v, want only %s, critical %v", bad, tc.cell, tc.critical)
			}
			c.expectAllRevoked(t)
		})
	}
}

// Forged requests never name an issuer and a person to Keystone's own login, and
// never a person who could exist.
func TestForgedHeadersHarmNobody(t *testing.T) {
	c := newCloud(t, "corp")
	v := newVisit(c.fed, &c.fed.IdentityProviders[0], c.options(t))
	for _, trial := range headerTrials([]*visit{v}) {
		for name, values := range trial.request.Header {
			if strings.Contains(name, "Authorization") {
				t.Errorf("%s carries a token", trial.path)
			}
			guarded := strings.Contains(trial.path, "/identity_providers/")
			if (strings.HasSuffix(name, "sub") || strings.HasSuffix(name, "username")) && (!guarded || values[0] != nobody) {
				t.Errorf("%s: %s is %q", trial.path, name, values)
			}
			if strings.HasSuffix(name, "iss") && !guarded && values[0] != bogus {
				t.Errorf("%s: %s is %q", trial.path, name, values)
			}
		}
	}
}

func TestOwnTokenRefusedAfterUse(t *testing.T) {
	c := newCloud(t, "corp")
	c.at(authPath("corp"), func(w http.ResponseWriter, r *http.Request) {
		if c.accepted(bearerOf(r)) {
			optest.JSON(w, 429, nil)
			return
		}
		c.httpd(w, r)
	})
	bad := failing(isolated(t, c))
	if cell := bad["corp at "+authPath("corp")+", after-use"]; cell.Status != 429 || cell.Critical {
		t.Errorf("%+v", bad)
	}
}
