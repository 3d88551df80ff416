package browser_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/browser"
)

// world is a dashboard, an issuer and a stranger, each on a port of its own.
type world struct {
	dashboard, issuer, stranger *httptest.Server
	form                        string       // the issuer's login page
	strange                     atomic.Int32 // requests that the stranger got
}

func newWorld(t *testing.T) *world {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		labtest.Require(t, err.Error())
	}
	w := &world{form: loginForm("/login")}
	w.stranger = optest.StartTLS(t, http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		w.strange.Add(1)
		_, _ = fmt.Fprint(out, loginForm("/login"))
	}))
	w.issuer = optest.StartTLS(t, http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.PostFormValue("password") == "right-canary" {
			http.Redirect(out, r, w.dashboard.URL+"/home", http.StatusSeeOther)
			return
		}
		_, _ = fmt.Fprint(out, w.form)
	}))
	w.dashboard = optest.StartTLS(t, http.HandlerFunc(w.horizon))
	return w
}

func loginForm(action string) string {
	return `<!DOCTYPE html><form method="post" action="` + action + `"><input name="username"><input name="password" type="password"><button>go</button></form>`
}

func (w *world) horizon(out http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/auth/login/":
		_, _ = fmt.Fprint(out, `<!DOCTYPE html><form action="/go"><select name="auth_type"><option value="corp">Corporate</option></select></form>`)
	case "/go":
		http.Redirect(out, r, w.issuer.URL+"/?of="+r.FormValue("auth_type"), http.StatusFound)
	case "/home":
		_, _ = fmt.Fprint(out, `<!DOCTYPE html><span class="user-name"> alice </span>`)
	default:
		_, _ = fmt.Fprint(out, "bye")
	}
}

func (w *world) walk(password string) probe.Walk {
	sum := sha256.Sum256(w.issuer.Certificate().RawSubjectPublicKeyInfo)
	return probe.Walk{
		Dashboard: w.dashboard.URL, Choice: "corp", Issuer: []string{strings.TrimPrefix(w.issuer.URL, "https://")},
		Username: "alice", Password: secret.New(password), Keys: []string{base64.StdEncoding.EncodeToString(sum[:])},
	}
}

func TestWalks(t *testing.T) {
	cases := map[string]struct {
		change   func(*world, *probe.Walk)
		password string
		want     probe.Stage
		why      string
	}{
		"to the end":         {func(*world, *probe.Walk) {}, "right-canary", probe.AtHome, ""},
		"by the label":       {func(_ *world, k *probe.Walk) { k.Choice, k.Label = "x", "Corporate" }, "right-canary", probe.AtHome, ""},
		"not on the list":    {func(_ *world, k *probe.Walk) { k.Choice = "partner" }, "right-canary", probe.AtChoice, "lacks it"},
		"wrong password":     {func(*world, *probe.Walk) {}, "wrong-canary", probe.AtReturn, ""},
		"form of a stranger": {func(w *world, _ *probe.Walk) { w.form = loginForm(w.stranger.URL) }, "right-canary", probe.AtIssuer, "not given to it"},
		"page of a stranger": {func(w *world, _ *probe.Walk) {
			w.form = `<!DOCTYPE html><meta http-equiv="refresh" content="0; url=` + w.stranger.URL + `">`
		}, "right-canary", probe.AtIssuer, "no such form came"},
		"no key is trusted": {func(_ *world, k *probe.Walk) { k.Keys = nil }, "right-canary", probe.AtChoice, "ERR_CERT_AUTHORITY_INVALID"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			k := w.walk(tc.password)
			tc.change(w, &k)
			got := browser.Chromium{}.Walk(t.Context(), k)
			if got.Stage != tc.want || !strings.Contains(got.Why, tc.why) || strings.Contains(fmt.Sprintf("%+v", got), "canary") {
				t.Errorf("%s: %s at %s", got.Stage, got.Why, got.Place)
			}
			if got.Again != (name == "wrong password") || got.LoggedOut != (tc.want == probe.AtHome) {
				t.Errorf("again %v, logged out %v", got.Again, got.LoggedOut)
			}
			if n := w.strange.Load(); name != "page of a stranger" && n > 0 {
				t.Errorf("the stranger was asked %d times", n)
			}
		})
	}
	expectNoProfile(t)
}
