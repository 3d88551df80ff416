package templates_test

import (
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

// TestGlobalNamed: the path that names no provider leads to one, also who has a
// session of another.
func TestGlobalNamed(t *testing.T) {
	s, servers := door(t, func(f *spec.Federation) { f.Browser.GlobalWebSSO = text("corp") })
	v := visit(t, s, servers)
	v.mustOpen(t, login(globalWebSSO)).isAt(t, servers["corp"].URL)
	v.mustOpen(t, login(at(websso, "partner"))).isAt(t, servers["partner"].URL)
	v.mustOpen(t, login(globalWebSSO)).isAt(t, servers["corp"].URL)
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
