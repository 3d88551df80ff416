package templates_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
)

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
