package probe

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/spec"
)

const (
	redirectPath = "/v3/OS-FEDERATION/redirect_uri"
	webssoPath   = "/v3/auth/OS-FEDERATION/identity_providers/corp/protocols/openid/websso"
	globalPath   = "/v3/auth/OS-FEDERATION/websso/openid"
	stateCanary  = "state-canary-0123456789"
	codeCanary   = "code-canary-0123456789"
)

// rp is a relying party in front of a cloud's Keystone, and its issuer's login page.
// Its fields are changed by tests.
type rp struct {
	cloud   *cloud
	op      *optest.Server
	request url.Values   // the authorization request
	cookie  *http.Cookie // its state cookie
	form    string       // the issuer's login page
	trusted string       // the origin that Keystone trusts
	page    func(origin, token string) string

	mu   sync.Mutex
	seen []*http.Request // by the issuer's page and its form
}

// browsable gives a cloud a dashboard, and the way that its browsers go.
func browsable(t *testing.T) *rp {
	t.Helper()
	c := newCloud(t, "corp")
	p := &rp{cloud: c, op: c.ops["corp"], trusted: "https://dashboard.test/auth/websso/"}
	c.fed.Keystone.Dashboards = []spec.Text{text("https://dashboard.test")}
	c.fed.IdentityProviders[0].Probe.Username = text("alice")
	c.fed.IdentityProviders[0].Probe.Password = spec.Secret{Env: text("alice-password-canary")}
	p.request = url.Values{
		"response_type": {"code"}, "scope": {"openid email"}, "client_id": {"keystone"}, "redirect_uri": {c.web.URL + redirectPath},
		"state": {stateCanary}, "nonce": {"nonce-canary-0123456789"}, "code_challenge": {"x"}, "code_challenge_method": {"S256"},
	}
	p.cookie = &http.Cookie{Name: "mod_auth_openidc_state_" + stateCanary, Value: "cookie-canary-0123456789", Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	p.form = `<form method="post" action="/login"><input name="username"><input name="password" type="password"><button name="go" value="1">`
	p.page = func(origin, token string) string {
		return fmt.Sprintf(`<form method="post" action="%s"><input type="hidden" name="token" value="%s"></form>`, origin, token)
	}
	c.at(webssoPath, p.websso)
	c.at(redirectPath, p.redirect)
	c.at(globalPath, func(w http.ResponseWriter, _ *http.Request) { page(w, 403, "") })
	p.op.Handle("/authorize", p.authorize)
	p.op.Handle("/login", p.login)
	return p
}

func (p *rp) websso(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("mod_auth_openidc_session"); err != nil {
		http.SetCookie(w, p.cookie)
		http.Redirect(w, r, p.op.URL+"/authorize?"+p.request.Encode(), http.StatusFound)
		return
	}
	if origin := r.URL.Query().Get("origin"); origin == p.trusted {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Vary", "X-Auth-Token")
		_, _ = fmt.Fprint(w, p.page(origin, p.cloud.mint("corp")))
		return
	}
	refuse(w, 401)
}

func (p *rp) redirect(w http.ResponseWriter, r *http.Request) {
	c, err := r.Cookie(p.cookie.Name)
	if err != nil || c.Value != p.cookie.Value || r.URL.Query().Get("code") != codeCanary {
		page(w, 400, "")
		return
	}
	http.SetCookie(w, &http.Cookie{Name: "mod_auth_openidc_session", Value: "session-canary-0123456789", Path: "/", Secure: true, HttpOnly: true})
	http.Redirect(w, r, webssoPath+"?origin="+url.QueryEscape("https://dashboard.test/auth/websso/"), http.StatusFound)
}

func (p *rp) authorize(w http.ResponseWriter, r *http.Request) {
	p.note(r)
	w.Header().Set("Content-Type", "text/html")
	_, _ = fmt.Fprint(w, p.form)
}

func (p *rp) login(w http.ResponseWriter, r *http.Request) {
	p.note(r)
	if r.PostFormValue("password") != p.op.Passwords[r.PostFormValue("username")] {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(401)
		_, _ = fmt.Fprint(w, p.form)
		return
	}
	http.Redirect(w, r, p.request.Get("redirect_uri")+"?code="+codeCanary+"&state="+stateCanary, http.StatusFound)
}

func (p *rp) note(r *http.Request) {
	_ = r.ParseForm()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = append(p.seen, r)
}

// stranger is a server that is neither Keystone's nor the issuer's, on another port
// of the same address. It writes down what it is asked.
func stranger(t *testing.T, p *rp) *httptest.Server {
	t.Helper()
	return optest.StartTLS(t, http.HandlerFunc(p.authorize))
}

func (p *rp) options(t *testing.T) Options {
	t.Helper()
	opts := p.cloud.options(t)
	opts.Login = true
	return opts
}

// walk runs the probe and gives its only provider's steps of the browser's way.
func (p *rp) walk(t *testing.T, opts Options) (websso, login Step, all string) {
	t.Helper()
	r := run(t, p.cloud, opts)
	all = told(r)
	for _, canary := range append(p.cloud.issued, stateCanary, codeCanary, "cookie-canary", "session-canary", "nonce-canary", "password-canary") {
		if strings.Contains(all, canary) {
			t.Errorf("the report holds %q", canary)
		}
	}
	p.cloud.expectAllRevoked(t)
	return stepOf(t, r, "websso"), stepOf(t, r, "websso-login"), all
}
