package templates_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

const globalWebSSO = "/v3/auth/OS-FEDERATION/websso/openid"

// door is an httpd with two providers whose people come by browser.
func door(t *testing.T, change func(*spec.Federation)) (site, map[string]*optest.Server) {
	t.Helper()
	fed, in, servers := visited(t, "corp", "partner")
	change(fed)
	r := renderSite(t, fed, in)
	trustAll(t, fed, r, servers)
	return start(t, r), servers
}

// TestGlobalList: who names no provider chooses on a page; Keystone is told the
// issuer that was chosen, whatever the browser claims.
func TestGlobalList(t *testing.T) {
	s, servers := door(t, func(f *spec.Federation) { f.Browser.GlobalWebSSO = text(spec.GlobalList) })
	v := visit(t, s, servers)
	list := v.mustOpen(t, login(globalWebSSO))
	links := choices(list.body, servers)
	for id, server := range servers {
		t.Run(id, func(t *testing.T) {
			v := visit(t, s, servers)
			v.mustOpen(t, login(globalWebSSO))
			address := choices(v.mustOpen(t, login(globalWebSSO)).body, servers)[server.URL]
			if list.status != http.StatusOK || links[server.URL] == "" || address == "" {
				t.Fatalf("no link to %s: %d\n%s", server.URL, list.status, list.body)
			}
			v.mustOpen(t, address).isAt(t, server.URL)
			v.mustOpen(t, login(globalWebSSO)).isAt(t, server.URL)
			v.mustOpen(t, login(at(websso, "partner"))).isAt(t, servers["partner"].URL)
		})
	}
	t.Run("claims of the browser's own", func(t *testing.T) {
		resp, body := s.ask(t, "GET", globalWebSSO, http.Header{"Accept": {"text/html"}, "User-Agent": {"test"},
			"Oidc-Iss": {servers["corp"].URL}, "Oidc-Sub": {"admin"}, "Remote-User": {"admin"}})
		if resp.StatusCode != http.StatusOK || strings.Contains(body, "OIDC-sub") {
			t.Errorf("got %d\n%s", resp.StatusCode, body)
		}
	})
	t.Run("programs", func(t *testing.T) {
		if resp, _ := s.ask(t, "GET", globalWebSSO, http.Header{"Accept": {"application/json"}}); resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("got %d, want 401", resp.StatusCode)
		}
	})
	t.Run("another protocol", func(t *testing.T) {
		if p := v.mustOpen(t, login("/v3/auth/OS-FEDERATION/websso/mapped")); p.status != http.StatusForbidden {
			t.Errorf("got %d, want 403", p.status)
		}
	})
}

// TestProviderListIsEmpty: nothing can be chosen on the page of 2.4.12.3, so that
// its platforms are refused the list (platform.ListsProviders).
func TestProviderListIsEmpty(t *testing.T) {
	s, servers := door(t, func(f *spec.Federation) { f.Browser.GlobalWebSSO = text(spec.GlobalList) })
	p := visit(t, s, servers).mustOpen(t, login(globalWebSSO))
	if !strings.Contains(p.body, "Select your OpenID Connect Identity Provider") || strings.Contains(p.body, "?iss=") {
		t.Errorf("the page of providers: %d\n%s", p.status, p.body)
	}
}

// choices are the links of the module's page, by issuer. Where it forgets them
// they are made of its form, as other versions write them.
func choices(body string, servers map[string]*optest.Server) map[string]string {
	out := map[string]string{}
	hidden := regexp.MustCompile(`name="(target_link_uri|x_csrf)" value="([^"]+)"`).FindAllStringSubmatch(body, -1)
	for _, s := range servers {
		if len(hidden) == 2 {
			out[s.URL] = public + "/v3/OS-FEDERATION/redirect_uri?iss=" + url.QueryEscape(s.URL) + "&target_link_uri=" +
				url.QueryEscape(html.UnescapeString(hidden[0][2])) + "&method=get&x_csrf=" + url.QueryEscape(hidden[1][2])
		}
	}
	for _, m := range regexp.MustCompile(`href="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		address := html.UnescapeString(m[1])
		if u, err := url.Parse(address); err == nil && u.Query().Get("iss") != "" {
			out[u.Query().Get("iss")] = address
		}
	}
	return out
}

// TestGlobalNamed: the path that names no provider leads to one, also who has a
// session of another.
func TestGlobalNamed(t *testing.T) {
	s, servers := door(t, func(f *spec.Federation) { f.Browser.GlobalWebSSO = text("corp") })
	v := visit(t, s, servers)
	v.mustOpen(t, login(globalWebSSO)).isAt(t, servers["corp"].URL)
	v.mustOpen(t, login(at(websso, "partner"))).isAt(t, servers["partner"].URL)
	v.mustOpen(t, login(globalWebSSO)).isAt(t, servers["corp"].URL)
}

// TestLogout: the sessions of httpd and of the issuer end, and the browser comes
// back to one of our dashboards, never to another place.
func TestLogout(t *testing.T) {
	s, servers := door(t, func(f *spec.Federation) {
		f.Browser.Logout = text(spec.LogoutEverywhere)
		f.Keystone.Dashboards = list("https://dashboard.example.org/dashboard", "https://dashboard.example.net")
	})
	redirect := public + "/v3/OS-FEDERATION/redirect_uri?logout="
	for _, back := range []string{"https://dashboard.example.org/dashboard/auth/logout/", "https://dashboard.example.net/auth/logout/"} {
		t.Run(back, func(t *testing.T) {
			v := visit(t, s, servers)
			v.mustOpen(t, login(at(websso, "corp"))).isAt(t, servers["corp"].URL)
			p := v.mustOpen(t, redirect+url.QueryEscape(back))
			if p.back != back+"?hint=true" {
				t.Errorf("the way out: %d %q by %v\n%s", p.status, p.back, v.went, p.body)
			}
			asked := servers["corp"].Asked("/authorize")
			v.mustOpen(t, login(at(websso, "corp"))).isAt(t, servers["corp"].URL)
			if servers["corp"].Asked("/authorize") != asked+1 {
				t.Error("the session of httpd has not ended")
			}
			if p := visit(t, s, servers).mustOpen(t, redirect+url.QueryEscape(back)); p.back != back {
				t.Errorf("without a session: %d %q\n%s", p.status, p.back, p.body)
			}
		})
	}
	t.Run("to another place", func(t *testing.T) {
		v := visit(t, s, servers)
		v.mustOpen(t, login(at(websso, "corp"))).isAt(t, servers["corp"].URL)
		good := url.QueryEscape("https://dashboard.example.org/dashboard/auth/logout/")
		for _, query := range []string{"https%3A%2F%2Fother.example.org%2F", good + "x", good + "&logout=https%3A%2F%2Fother.example.org%2F", "x&logout=" + good,
			"https%3A%2F%2Fdashboard.example.org%2F", "https://dashboard.example.org/dashboard/auth/logout/", "get", "img", "backchannel", ""} {
			if p := v.mustOpen(t, redirect+query); p.status != http.StatusForbidden {
				t.Errorf("logout=%s: got %d to %q, want 403", query, p.status, p.back)
			}
		}
		asked := servers["corp"].Asked("/authorize")
		if v.mustOpen(t, login(at(websso, "corp"))).isAt(t, servers["corp"].URL); servers["corp"].Asked("/authorize") != asked {
			t.Error("a refused logout has ended the session")
		}
	})
}

// TestLateAnswer: whose answer of the issuer nobody waits for any more comes to the
// dashboard's login page.
func TestLateAnswer(t *testing.T) {
	s, servers := door(t, func(*spec.Federation) {})
	p := visit(t, s, servers).mustOpen(t, public+"/v3/OS-FEDERATION/redirect_uri?state=gone&code=late")
	if p.back != "https://dashboard.example.org/dashboard/auth/login/" {
		t.Errorf("got %d to %q\n%s", p.status, p.back, p.body)
	}
}

// TestHorizonWays pins the settings of each way in and out.
func TestHorizonWays(t *testing.T) {
	const own, second = "/etc/openstack-dashboard/local_settings.d/_50_fedstone.py", "/var/lib/fedstone/horizon/b.example.org%2Fcloud/_50_fedstone.py"
	redirect := "https://keystone.example.org:5000/v3/OS-FEDERATION/redirect_uri?logout="
	cases := map[string]struct {
		browser       spec.Browser
		first, second []string
	}{
		"a choice": {spec.Browser{FirstChoice: text("corp")}, []string{`WEBSSO_INITIAL_CHOICE = "corp"`}, []string{`WEBSSO_INITIAL_CHOICE = "corp"`}},
		"everywhere": {spec.Browser{Logout: text("everywhere")}, []string{`LOGOUT_URL = "` + redirect + `https%3A%2F%2Fdashboard.example.org%2Fdashboard%2Fauth%2Flogout%2F"`},
			[]string{`LOGOUT_URL = "` + redirect + `https%3A%2F%2Fb.example.org%2Fcloud%2Fauth%2Flogout%2F"`}},
		"no page": {spec.Browser{GlobalWebSSO: text("corp"), LoginPage: text("skipped"), Logout: text("everywhere")},
			[]string{"WEBSSO_DEFAULT_REDIRECT = True", `WEBSSO_DEFAULT_REDIRECT_PROTOCOL = "openid"`, `WEBSSO_DEFAULT_REDIRECT_REGION = "https://keystone.example.org:5000/v3"`,
				`WEBSSO_DEFAULT_REDIRECT_LOGOUT = "` + redirect + `https%3A%2F%2Fdashboard.example.org%2Fdashboard%2Fauth%2Flogin%2F"`},
			[]string{`WEBSSO_DEFAULT_REDIRECT_LOGOUT = "` + redirect + `https%3A%2F%2Fb.example.org%2Fcloud%2Fauth%2Flogin%2F"`}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			fed := federation("debian-12", provider("corp", realm(1)))
			fed.Browser = c.browser
			fed.Keystone.Dashboards = append(fed.Keystone.Dashboards, text("https://b.example.org/cloud"))
			b := mustRender(t, fed, inputs(fed))
			expectLines(t, b, own, c.first)
			expectLines(t, b, second, c.second)
		})
	}
}

func expectLines(t *testing.T, b *templates.Bundle, path string, want []string) {
	t.Helper()
	f, ok := b.File(path)
	if !ok {
		t.Fatalf("no file %s", path)
	}
	for _, line := range want {
		if !strings.Contains(string(f.Content), "\n"+line+"\n") {
			t.Errorf("%s has no line %s:\n%s", path, line, f.Content)
		}
	}
}
