package probe

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
)

func TestEverythingWorks(t *testing.T) {
	c := newCloud(t, "corp", "partner", "campus")
	opts := c.options(t)
	opts.Isolation = true
	r := run(t, c, opts)
	if !r.OK() {
		t.Errorf("failed: %s", told(r))
	}
	c.expectAllRevoked(t)
	for name, op := range c.ops {
		if len(op.Revoked()) != 2 {
			t.Errorf("%s: %d tokens of the issuer were revoked, want 2", name, len(op.Revoked()))
		}
	}
}

// told is all that a report of a run can be drawn from.
func told(r Result) string { return fmt.Sprintf("%+v", r) }

// A fault at one step: which step fails, who is named, and which steps are
// left out for want of what it brings.
func TestFaults(t *testing.T) {
	corp := authPath("corp")
	cases := map[string]struct {
		harm    func(*cloud)
		step    string
		by      keystone.AnsweredBy
		text    string
		skipped string
	}{
		"wrong issuer in the document": {func(c *cloud) { c.ops["corp"].Document["issuer"] = "https://evil.test" },
			"discovery", keystone.ByIDP, "evil.test", "jwks token token-check exchange body projects rescope catalog revoke"},
		"keys over http": {func(c *cloud) { c.ops["corp"].Document["jwks_uri"] = "http://evil.test/jwks" },
			"discovery", keystone.ByIDP, "not https", "jwks token token-check exchange body projects rescope catalog revoke"},
		"discovery redirects": {func(c *cloud) {
			c.ops["corp"].Handle("/.well-known/openid-configuration", redirectTo("https://evil.test/x?a=b"))
		}, "discovery", keystone.ByIDP, "evil.test", "jwks token token-check exchange body projects rescope catalog revoke"},
		"no keys": {func(c *cloud) { c.ops["corp"].Handle("/jwks", http.NotFound) },
			"jwks", keystone.ByIDP, "404", "token-check"},
		"wrong secret": {func(c *cloud) { c.ops["corp"].Secrets["cli"] = "other" },
			"token", keystone.ByIDP, "invalid_client", "token-check exchange body projects rescope catalog revoke"},
		"wrong audience": {func(c *cloud) { c.ops["corp"].Claims["aud"] = "account" },
			"exchange", keystone.ByHTTPD, "aud is account; expected keystone", "body projects rescope catalog revoke"},
		"bearer is lost": {func(c *cloud) {
			c.at(corp, func(w http.ResponseWriter, r *http.Request) { r.Header.Del("Authorization"); c.httpd(w, r) })
		}, "exchange", keystone.ByOpenIDC, "Authorization header did not arrive", "body projects rescope catalog revoke"},
		"Keystone refuses the claims": {func(c *cloud) { c.at(corp, afterHTTPD(c, func(w http.ResponseWriter) { refuse(w, 401) })) },
			"exchange", keystone.ByItself, "no rule of the mapping fits", "body projects rescope catalog revoke"},
		"issuer unknown to Keystone": {func(c *cloud) { c.at(corp, afterHTTPD(c, func(w http.ResponseWriter) { refuse(w, 403) })) },
			"exchange", keystone.ByItself, "remote ids of corp", "body projects rescope catalog revoke"},
		"browser only": {func(c *cloud) {
			c.at(corp, redirectTo("https://sso.test/auth?client_id=a&redirect_uri=b&state=hush"))
		}, "no-token", keystone.ByOpenIDC, "redirects to sso.test", "body projects rescope catalog revoke"},
		"201 without a token": {func(c *cloud) {
			c.at(corp, afterHTTPD(c, func(w http.ResponseWriter) { optest.JSON(w, 201, unscoped("corp")) }))
		},
			"exchange", keystone.ByProxy, "0 X-Subject-Token", "body projects rescope catalog revoke"},
		"two tokens": {func(c *cloud) {
			c.at(corp, afterHTTPD(c, func(w http.ResponseWriter) {
				w.Header()["X-Subject-Token"] = []string{c.mint("corp"), c.mint("corp")}
				optest.JSON(w, 201, unscoped("corp"))
			}))
		}, "exchange", keystone.ByItself, "2 X-Subject-Token", "body projects rescope catalog"},
		"other user's provider": {func(c *cloud) {
			c.at(corp, afterHTTPD(c, func(w http.ResponseWriter) { c.issue(w, "partner", "x") }))
		}, "body", keystone.ByItself, "identity_provider.id is \"partner\"; expected corp", ""},
		"no projects": {func(c *cloud) { c.at("/v3/auth/projects", answer(200, `{"projects":[]}`)) },
			"projects", keystone.ByProxy, "no role on any enabled project", "rescope catalog"},
		"projects are nonsense": {func(c *cloud) { c.at("/v3/auth/projects", answer(200, `{"projects":7}`)) },
			"projects", keystone.ByProxy, "not what the API says", "rescope catalog"},
		"rescope refused": {func(c *cloud) { c.at("/v3/auth/tokens", onlyFor(c, "POST", 401)) },
			"rescope", keystone.ByItself, "does not scope", "catalog"},
		"catalog breaks": {func(c *cloud) {
			c.at("/v3/auth/catalog", func(w http.ResponseWriter, _ *http.Request) { page(w, 500, "") })
		},
			"catalog", keystone.ByHTTPD, "uncaught exception", ""},
		"revoking does nothing": {func(c *cloud) { c.at("/v3/auth/tokens", revokesNothing(c)) },
			"revoke", keystone.ByItself, "validating it still gives 200", ""},
		"Keystone hangs up": {func(c *cloud) { c.at("/v3", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }) },
			"reach", keystone.ByNobody, "broke", "discovery jwks token token-check no-token garbage-token exchange body projects rescope catalog revoke"},
		"something else answers": {func(c *cloud) { c.at("/v3", answer(503, "<html><body><h1>503 Service Unavailable</h1>")) },
			"reach", keystone.ByProxy, "no httpd to ask", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := newCloud(t, "corp")
			tc.harm(c)
			r := run(t, c, c.options(t))
			got := stepOf(t, r, tc.step)
			if got.Verdict != Fail || got.AnsweredBy != tc.by || !strings.Contains(got.Cause, tc.text) {
				t.Errorf("step %s: %s by %s: %q; want fail by %s with %q", tc.step, got.Verdict, got.AnsweredBy, got.Cause, tc.by, tc.text)
			}
			if diff := cmp.Diff(strings.Fields(tc.skipped), skippedSteps(r)); diff != "" {
				t.Error("skipped:", diff)
			}
			if r.OK() || strings.Contains(told(r), "hush") {
				t.Error("the result is ok, or shows a query")
			}
			if name != "revoking does nothing" {
				c.expectAllRevoked(t)
			}
		})
	}
}

func skippedSteps(r Result) []string {
	out := []string{}
	for _, s := range r.Providers[0].Steps {
		if s.Verdict == Skip && !s.Moot {
			out = append(out, s.Name)
		}
	}
	return out
}

func redirectTo(url string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, url, http.StatusFound) }
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); _, _ = w.Write([]byte(body)) }
}

// afterHTTPD lets httpd refuse what it refuses, and answers in Keystone's place.
func afterHTTPD(c *cloud, then func(http.ResponseWriter)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.Count(r.Header.Get("Authorization"), ".") == 2 {
			then(w)
			return
		}
		c.httpd(w, r)
	}
}

func onlyFor(c *cloud, method string, status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == method {
			refuse(w, status)
			return
		}
		c.keystone(w, r)
	}
}

func revokesNothing(c *cloud) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			w.Header().Set("Vary", "X-Auth-Token")
			w.WriteHeader(204)
			return
		}
		c.keystone(w, r)
	}
}

// A path that is open: the controls find it, say so loudly, and leave no token.
func TestOpenPath(t *testing.T) {
	c := newCloud(t, "corp")
	c.at(authPath("corp"), func(w http.ResponseWriter, _ *http.Request) { c.issue(w, "corp", "x") })
	r := run(t, c, c.options(t))
	for _, name := range []string{"no-token", "garbage-token"} {
		if s := stepOf(t, r, name); s.Verdict != Fail || !strings.Contains(s.Cause, "CRITICAL") || !strings.Contains(s.Mend, authPath("corp")) {
			t.Errorf("%s: %+v", name, s)
		}
	}
	c.expectAllRevoked(t)
}

func TestInterrupt(t *testing.T) {
	for _, at := range []string{authPath("corp"), "/v3/auth/tokens", "/v3/auth/projects", "/v3/auth/catalog"} {
		t.Run(at, func(t *testing.T) {
			c := newCloud(t, "corp")
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			c.at(at, func(w http.ResponseWriter, r *http.Request) {
				if at != authPath("corp") || strings.Count(r.Header.Get("Authorization"), ".") == 2 {
					cancel() // while the request is under way: its token must not be lost
				}
				if strings.HasSuffix(at, "/auth") {
					c.httpd(w, r)
					return
				}
				c.keystone(w, r)
			})
			r, err := Run(ctx, c.fed, c.options(t))
			if err != nil || r.Stopped != "interrupted" || r.OK() {
				t.Errorf("stopped %q, ok %v, error %v", r.Stopped, r.OK(), err)
			}
			if len(c.issued) == 0 {
				t.Error("no token was issued: the case proves nothing")
			}
			c.expectAllRevoked(t)
			if s := stepOf(t, r, "revoke"); s.Verdict != Pass {
				t.Errorf("revoke: %+v", s)
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	c := newCloud(t, "corp")
	c.web.Close()
	r := run(t, c, c.options(t))
	if s := stepOf(t, r, "reach"); !r.Unreachable || s.AnsweredBy != keystone.ByNobody || !strings.Contains(s.Cause, "refused") {
		t.Errorf("unreachable %v, %+v", r.Unreachable, s)
	}
}

// One controller that is down fails the fleet, and leaves the others' verdicts.
func TestFleet(t *testing.T) {
	up, down := newCloud(t, "corp"), newCloud(t, "corp")
	good := run(t, up, up.options(t))
	down.web.Close()
	bad := run(t, down, down.options(t))
	good.Controller, bad.Controller = "ctl0", "ctl1"
	if f := (Fleet{good, bad}); f.OK() || f.Unreachable() {
		t.Errorf("ok %v, unreachable %v, want neither", f.OK(), f.Unreachable())
	}
	if !(Fleet{good}).OK() || !(Fleet{bad}).Unreachable() || (Fleet{}).OK() || (Fleet{}).Unreachable() {
		t.Error("a fleet of one is not judged as its member, or an empty one is judged at all")
	}
}

func TestSlowKeystone(t *testing.T) {
	c := newCloud(t, "corp")
	c.at(authPath("corp"), func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	r := run(t, c, c.options(t, oidc.WithTimeout(300*time.Millisecond)))
	if s := stepOf(t, r, "exchange"); s.Verdict != Fail || s.AnsweredBy != keystone.ByNobody || !strings.Contains(s.Mend, "--timeout") {
		t.Errorf("%+v", s)
	}
}

func TestGivenToken(t *testing.T) {
	c := newCloud(t, "corp")
	c.fed.IdentityProviders[0].Probe = nil
	opts := c.options(t)
	if s := stepOf(t, run(t, c, opts), "token"); s.Verdict != Fail || !strings.Contains(s.Mend, "--token corp=FILE") {
		t.Errorf("without a way to log in: %+v", s)
	}
	op := c.ops["corp"]
	opts.Tokens = map[string]secret.Value{"corp": secret.New(op.Sign(op.AccessClaims("cli", "alice")))}
	if r := run(t, c, opts); !r.OK() {
		t.Error(told(r))
	}
	if len(op.Revoked()) != 0 {
		t.Error("a token that was given was revoked at the issuer")
	}
}

func TestUnknownNames(t *testing.T) {
	c := newCloud(t, "corp")
	opts := c.options(t)
	opts.Names = []string{"corb"}
	if _, err := Run(t.Context(), c.fed, opts); err == nil || !strings.Contains(err.Error(), "corp") {
		t.Errorf("got %v", err)
	}
	opts.Names, opts.Tokens = nil, map[string]secret.Value{"x": secret.New("a.b.c")}
	if _, err := Run(t.Context(), c.fed, opts); err == nil {
		t.Error("a token for nobody was taken")
	}
}

// Whatever a server echoes, no output holds a secret, a token or an escape.
func TestCanaries(t *testing.T) {
	c := newCloud(t, "corp", "partner")
	c.at(authPath("partner"), func(w http.ResponseWriter, r *http.Request) {
		refuseWith(w, 400, "\x1b]52;c;x\a "+r.Header.Get("Authorization")+" cli-secret-canary \u202e")
	})
	c.at("/v3/auth/catalog", func(w http.ResponseWriter, r *http.Request) { refuseWith(w, 403, r.Header.Get("X-Auth-Token")) })
	opts := c.options(t)
	opts.Isolation = true
	r := run(t, c, opts)
	out := told(r)
	forbidden := append(slices.Clone(c.issued), "cli-secret-canary", "wiki-secret-canary", "eyJ", "\x1b", "\u202e", "gAAAA")
	for _, word := range forbidden {
		if strings.Contains(out, word) {
			t.Errorf("the output holds %q", word)
		}
	}
	if !strings.Contains(out, `\x1b`) || !strings.Contains(out, secret.Mask) {
		t.Error("the echoed text is not shown at all: the case proves nothing")
	}
	c.expectAllRevoked(t)
}
