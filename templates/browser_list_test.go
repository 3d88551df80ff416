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
)

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
