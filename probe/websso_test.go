package probe

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/secret"
)

func TestWebssoWorks(t *testing.T) {
	p := browsable(t)
	first, login, all := p.walk(t, p.options(t))
	if first.Verdict != Pass || login.Verdict != Pass {
		t.Fatal(all)
	}
	if !strings.Contains(strings.Join(login.Notes, " "), "tokens handed to dashboards: 1") {
		t.Errorf("%q", login.Notes)
	}
}

// What is wrong with the way up to the login page, and the symptom that says so.
func TestWebssoFaults(t *testing.T) {
	set := func(name, value string) func(*rp) { return func(p *rp) { p.request.Set(name, value) } }
	at := func(path string, h http.HandlerFunc) func(*rp) { return func(p *rp) { p.cloud.at(path, h) } }
	issuer := func(status int, body string) func(*rp) {
		return func(p *rp) {
			p.op.Handle("/authorize", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				w.WriteHeader(status)
				_, _ = w.Write([]byte(body))
			})
		}
	}
	cases := map[string]func(*rp){
		"websso-uncovered":                 at(webssoPath, func(w http.ResponseWriter, _ *http.Request) { refuse(w, 401) }),
		"websso-denied":                    at(webssoPath, func(w http.ResponseWriter, _ *http.Request) { page(w, 403, "") }),
		"websso-unknown-to-httpd":          at(webssoPath, func(w http.ResponseWriter, _ *http.Request) { page(w, 404, "") }),
		"websso-unknown-to-keystone":       at(webssoPath, answer(404, "<!doctype html>\n<html lang=en>\n<title>404 Not Found")),
		"websso-takes-tokens-only":         at(webssoPath, func(w http.ResponseWriter, _ *http.Request) { page(w, 401, `Bearer error="invalid_request"`) }),
		"websso-provider-list":             at(webssoPath, answer(200, "<title>OpenID Connect Provider Discovery</title>")),
		"websso-path-is-redirect-uri":      at(webssoPath, answer(200, "<!DOCTYPE html><title>Submitting...</title>")),
		"websso-choice-elsewhere":          at(webssoPath, redirectTo("https://portal.test/choose?oidc_callback=a&target_link_uri=b")),
		"websso-wrong-issuer":              at(webssoPath, redirectTo("https://evil.test/authorize?state=hush")),
		"websso-plain-http":                at(webssoPath, redirectTo("http://127.0.0.1:1/authorize?state=hush")),
		"websso-location-broken":           at(webssoPath, redirectTo("https:///")),
		"websso-loop":                      at(webssoPath, redirectTo(webssoPath)),
		"websso-wrong-client":              set("client_id", "horizon"),
		"websso-scope-without-openid":      set("scope", "email"),
		"websso-response-type":             set("response_type", "id_token"),
		"websso-redirect-uri-missing":      set("redirect_uri", ""),
		"websso-redirect-uri-host":         set("redirect_uri", "https://ctl0.test/redirect_uri"),
		"websso-redirect-uri-http":         set("redirect_uri", "http://keystone.test/redirect_uri"),
		"websso-redirect-uri-is-path":      func(p *rp) { p.request.Set("redirect_uri", p.cloud.web.URL+authPath("corp")) },
		"websso-redirect-uri-unanswered":   at(redirectPath, func(w http.ResponseWriter, _ *http.Request) { refuse(w, 404) }),
		"websso-state-missing":             func(p *rp) { p.request.Del("nonce") },
		"websso-state-cookie-missing":      func(p *rp) { p.cookie = &http.Cookie{} },
		"websso-state-cookie-open":         func(p *rp) { p.cookie.Secure = false },
		"websso-state-cookie-scripts":      func(p *rp) { p.cookie.HttpOnly = false },
		"websso-global-open":               at(globalPath, func(w http.ResponseWriter, _ *http.Request) { refuse(w, 401) }),
		"websso-redirect-uri-unregistered": issuer(400, "<p>Invalid parameter: redirect_uri</p><p>"+stateCanary),
		"websso-redirect-url-unregistered": issuer(200, "<p>AADSTS50011: the reply URL does not match"),
		"websso-client-unknown":            issuer(400, "<p>Client not found.</p>"),
		"websso-issuer-refuses":            issuer(500, "<p>oops</p>"),
		"websso-issuer-error":              func(p *rp) { p.op.Handle("/authorize", p.backWith("invalid_scope")) },
	}
	for slug, harm := range cases {
		t.Run(slug, func(t *testing.T) {
			p := browsable(t)
			harm(p)
			first, login, all := p.walk(t, p.options(t))
			if first.Verdict != Fail || first.Symptom != slug {
				t.Errorf("%s %s: %s\n%s", first.Verdict, first.Symptom, first.Cause, all)
			}
			if unfilled.MatchString(first.Cause+first.Mend) || strings.Contains(all, "hush") {
				t.Errorf("a word is not filled in, or a query is shown: %s; %s", first.Cause, first.Mend)
			}
			if login.Verdict == Pass && !strings.HasPrefix(slug, "websso-global") && !strings.Contains(slug, "unanswered") {
				t.Error("the login passed all the same: the case proves nothing")
			}
		})
	}
}

var unfilled = regexp.MustCompile(`\{[a-z]+\}`)

func (p *rp) backWith(word string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, p.request.Get("redirect_uri")+"?error="+word+"&state="+stateCanary, http.StatusFound)
	}
}

// What is wrong after the login page.
func TestWebssoLoginFaults(t *testing.T) {
	issuer := func(path, body string) func(*rp) {
		return func(p *rp) {
			p.op.Handle(path, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				_, _ = w.Write([]byte(body))
			})
		}
	}
	cases := map[string]func(*rp){
		"websso-wrong-password":     func(p *rp) { p.op.Passwords["alice"] = "another" },
		"websso-asks-more":          issuer("/login", "<form><input name=otp>"),
		"websso-issuer-error":       func(p *rp) { p.op.Handle("/login", p.backWith("access_denied")) },
		"websso-state-lost":         func(p *rp) { p.cookie.Path = "/v3/auth" },
		"websso-session-lost":       func(p *rp) { p.cloud.at(redirectPath, redirectTo("https://elsewhere.test/")) },
		"websso-origin-or-rules":    func(p *rp) { p.trusted = "https://other.test/auth/websso/" },
		"websso-page-without-token": func(p *rp) { p.page = func(string, string) string { return "<p>hello</p>" } },
		"websso-page-elsewhere": func(p *rp) {
			p.page = func(_, token string) string {
				return `<form method="post" action="https://evil.test/"><input type="hidden" name="token" value="` + token + `">`
			}
		},
		"websso-keystone-forbids": func(p *rp) { p.afterLogin(func(w http.ResponseWriter) { refuse(w, 403) }) },
		"websso-not-let-in":       func(p *rp) { p.afterLogin(func(w http.ResponseWriter) { page(w, 401, "") }) },
		"websso-keystone-breaks":  func(p *rp) { p.afterLogin(func(w http.ResponseWriter) { page(w, 500, "") }) },
	}
	for slug, harm := range cases {
		t.Run(slug, func(t *testing.T) {
			p := browsable(t)
			harm(p)
			opts := p.options(t)
			r, err := Run(t.Context(), p.cloud.fed, opts)
			if err != nil {
				t.Fatal(err)
			}
			login := stepOf(t, r, "websso-login")
			if login.Verdict != Fail || login.Symptom != slug {
				t.Errorf("%s %s: %s\n%s", login.Verdict, login.Symptom, login.Cause, told(r))
			}
			if slug != "websso-page-without-token" {
				p.cloud.expectAllRevoked(t)
			}
		})
	}
}

// afterLogin answers in Keystone's place whoever has logged in.
func (p *rp) afterLogin(then func(http.ResponseWriter)) {
	p.cloud.at(webssoPath, func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("mod_auth_openidc_session"); err == nil {
			then(w)
			return
		}
		p.websso(w, r)
	})
}

// A second dashboard that Keystone does not trust: the first one shows that the
// rules are not to blame.
func TestWebssoOfTwoDashboards(t *testing.T) {
	p := browsable(t)
	p.cloud.fed.Keystone.Dashboards = append(p.cloud.fed.Keystone.Dashboards, text("https://second.test/dashboard/"))
	_, login, all := p.walk(t, p.options(t))
	if login.Symptom != "websso-origin-untrusted" || !strings.Contains(login.Mend, "https://second.test/dashboard/auth/websso/") {
		t.Error(all)
	}
}

// Where the first dashboard fails the others are not asked: a token that one of them
// got would be nobody's. walk holds that each token is revoked.
func TestWebssoOfASecondDashboardAlone(t *testing.T) {
	p := browsable(t)
	p.cloud.fed.Keystone.Dashboards = append(p.cloud.fed.Keystone.Dashboards, text("https://second.test/dashboard/"))
	p.trusted = "https://second.test/dashboard/auth/websso/"
	if _, login, _ := p.walk(t, p.options(t)); login.Verdict != Fail || !strings.Contains(strings.Join(login.Notes, " "), "tokens handed to dashboards: 0") {
		t.Errorf("%+v", login)
	}
}

func TestWebssoWithoutDashboards(t *testing.T) {
	c := newCloud(t, "corp")
	r := run(t, c, c.options(t))
	if s := stepOf(t, r, "websso"); s.Verdict != Skip || !s.Moot || s.Cause == "" || !r.OK() {
		t.Errorf("%+v; ok %v", s, r.OK())
	}
}

// No credential leaves for another host, and no cookie for another port.
func TestWebssoShowsStrangersNothing(t *testing.T) {
	t.Run("page elsewhere", func(t *testing.T) {
		p := browsable(t)
		evil := stranger(t, p)
		p.op.Handle("/authorize", redirectTo(evil.URL+"/page"))
		_, login, _ := p.walk(t, p.options(t))
		p.expectNothingShown(t, login, 1)
	})
	t.Run("form elsewhere", func(t *testing.T) {
		p := browsable(t)
		evil := stranger(t, p)
		p.form = strings.Replace(p.form, "/login", evil.URL, 1)
		_, login, _ := p.walk(t, p.options(t))
		p.expectNothingShown(t, login, 1)
	})
	t.Run("form by GET", func(t *testing.T) {
		p := browsable(t)
		p.form = strings.Replace(p.form, "post", "get", 1)
		_, login, _ := p.walk(t, p.options(t))
		p.expectNothingShown(t, login, 1)
	})
	t.Run("sent on with its password", func(t *testing.T) {
		p := browsable(t)
		evil := stranger(t, p)
		p.op.Handle("/login", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, evil.URL, http.StatusTemporaryRedirect)
		})
		_, login, _ := p.walk(t, p.options(t))
		if login.Symptom != "websso-asks-more" || len(p.seen) != 1 {
			t.Errorf("%s; %d requests", login.Symptom, len(p.seen))
		}
	})
}

func (p *rp) expectNothingShown(t *testing.T, login Step, requests int) {
	t.Helper()
	if login.Verdict != Skip || len(p.seen) != requests {
		t.Errorf("%s: %s; %d requests, want %d", login.Verdict, login.Cause, len(p.seen), requests)
	}
	for _, r := range p.seen {
		if len(r.Cookies()) > 0 || r.Header.Get("Authorization") != "" || r.Form.Has("password") {
			t.Errorf("%s was shown cookies %d, form %d", r.URL.Path, len(r.Cookies()), len(r.Form))
		}
	}
}

// Answers without an end come to one.
func TestWebssoOfHostileServers(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte(strings.Repeat("<form><input name=a type=password>", 1000)))
		}
	}
	bomb := func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Bomb", strings.Repeat("x", 1<<20)) }
	slow := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	spin := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path+"?n="+r.URL.Query().Get("n")+"x", http.StatusFound)
	}
	for name, h := range map[string]http.HandlerFunc{"endless": endless, "bomb": bomb, "slow": slow, "spin": spin} {
		for _, path := range []string{webssoPath, "/authorize"} {
			t.Run(name+" "+path, func(t *testing.T) {
				p := browsable(t)
				p.cloud.at(webssoPath, p.websso)
				if path == "/authorize" {
					p.op.Handle(path, h)
				} else {
					p.cloud.at(path, h)
				}
				opts := p.options(t)
				opts.Client.Timeout = time.Second
				first, _, all := p.walk(t, opts)
				if first.Verdict != Fail && !(name == "endless" && path == "/authorize") {
					t.Error(all)
				}
				if n := len(first.Requests); n > 2*mostHops+3 {
					t.Errorf("%d requests", n)
				}
			})
		}
	}
}

func TestPerson(t *testing.T) {
	p := browsable(t)
	p.cloud.fed.IdentityProviders[0].Probe.Username.Value = ""
	if _, login, _ := p.walk(t, p.options(t)); login.Verdict != Skip || !strings.Contains(login.Cause, "`username` and `password`") {
		t.Errorf("%+v", login)
	}
	p = browsable(t)
	opts := p.options(t)
	opts.Tokens = map[string]secret.Value{"corp": secret.New(p.op.Sign(p.op.AccessClaims("cli", "alice")))}
	if _, login, all := p.walk(t, opts); login.Verdict != Pass {
		t.Error(all)
	}
}
