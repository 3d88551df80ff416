package templates_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
)

const (
	auth   = "/v3/OS-FEDERATION/identity_providers/%/protocols/openid/auth"
	websso = "/v3/auth/OS-FEDERATION/identity_providers/%/protocols/openid/websso"
)

func at(pattern, id string) string { return strings.Replace(pattern, "%", id, 1) }

// running is one httpd for all questions below.
func running(t *testing.T) (site, map[string]*optest.Server) {
	t.Helper()
	fed, in, servers := issuers(t, "corp", "Partner_2")
	fed.HTTPD.CABundle = text("/etc/ca.pem")
	fed.IdentityProviders[1].Bearer.Token = text("both")
	r := renderSite(t, fed, in)
	trust(t, fed, r, servers["corp"])
	return start(t, r), servers
}

func TestDoors(t *testing.T) {
	s, servers := running(t)
	t.Run("tokens", func(t *testing.T) { tokens(t, s, servers) })
	t.Run("closed", func(t *testing.T) { closed(t, s, servers) })
	t.Run("browser", func(t *testing.T) { browser(t, s, servers) })
}

// tokens: each issuer's token opens its own door and no other, cold and after
// use; what is not made for us, or not held by our client, opens none.
func tokens(t *testing.T, s site, servers map[string]*optest.Server) {
	corp, partner := servers["corp"], servers["Partner_2"]
	with := func(s *optest.Server, claims map[string]any) string {
		all := s.AccessClaims("cli", "alice")
		for k, v := range claims {
			all[k] = v
		}
		return s.Sign(all)
	}
	forged := corp.AccessClaims("cli", "alice")
	forged["iss"] = partner.URL
	cases := []struct {
		name, id, token string
		want            int
	}{
		{"another issuer's, cold", "corp", with(partner, nil), 401},
		{"own", "corp", with(corp, nil), 201},
		{"own", "Partner_2", with(partner, nil), 201},
		{"another issuer's, after use", "corp", with(partner, nil), 401},
		{"another issuer's, after use", "Partner_2", with(corp, nil), 401},
		{"own keys, another's name", "Partner_2", corp.Sign(forged), 401},
		{"own keys, another's name, at home", "corp", corp.Sign(forged), 401},
		{"another audience", "corp", with(corp, map[string]any{"aud": "wiki"}), 401},
		{"another client", "corp", with(corp, map[string]any{"azp": "wiki"}), 401},
		{"no client", "corp", with(corp, map[string]any{"azp": nil}), 401},
		{"ID token where access tokens are wanted", "corp", with(corp, map[string]any{"aud": "cli"}), 401},
		{"ID token where both are taken", "Partner_2", with(partner, map[string]any{"aud": "cli", "azp": nil}), 201},
		{"expired", "corp", with(corp, map[string]any{"exp": 1000}), 401},
		{"larger than 8 KiB", "corp", with(corp, map[string]any{"padding": strings.Repeat("x", 12000)}), 201},
		{"garbage", "corp", "garbage", 401},
	}
	for _, c := range cases {
		t.Run(c.name+" at "+c.id, func(t *testing.T) {
			resp, body := s.ask(t, "POST", at(auth, c.id), http.Header{"Authorization": {"Bearer " + c.token}, "Oidc-Sub": {"forged"}})
			if resp.StatusCode != c.want {
				t.Errorf("got %d, want %d\n%s", resp.StatusCode, c.want, body)
			}
			if resp.StatusCode == 201 && (!strings.Contains(body, "OIDC-sub=alice\n") || strings.Contains(body, "forged") || strings.Contains(body, "HTTP_OIDC")) {
				t.Errorf("the application sees:\n%s", body)
			}
		})
	}
}

// closed: no way in without a token, whatever the spelling and the headers.
func closed(t *testing.T, s site, servers map[string]*optest.Server) {
	forged := http.Header{"Oidc-Iss": {servers["corp"].URL}, "Oidc-Sub": {"admin"}, "Oidc-Preferred-Username": {"admin"}, "Oidc-Groups": {"users"}}
	cases := map[string]struct {
		method, path string
		want         []int
	}{
		"no token":                 {"POST", at(auth, "corp"), []int{401}},
		"GET":                      {"GET", at(auth, "corp"), []int{401}},
		"HEAD":                     {"HEAD", at(auth, "corp"), []int{401}},
		"OPTIONS":                  {"OPTIONS", at(auth, "corp"), []int{403}},
		"PUT":                      {"PUT", at(auth, "corp"), []int{403}},
		"final slash":              {"POST", at(auth, "corp") + "/", []int{401}},
		"trailing part":            {"POST", at(auth, "corp") + "/x", []int{401}},
		"trailing letters":         {"POST", at(auth, "corp") + "x", []int{403}},
		"doubled slashes":          {"POST", strings.ReplaceAll(at(auth, "corp"), "/", "//"), []int{401, 403}},
		"encoded letter":           {"POST", strings.Replace(at(auth, "corp"), "corp", "%63orp", 1), []int{401, 403}},
		"another case":             {"POST", at(auth, "CORP"), []int{403}},
		"another protocol":         {"POST", strings.Replace(at(auth, "corp"), "openid", "mapped", 1), []int{403}},
		"another provider":         {"POST", at(auth, "other"), []int{403}},
		"all in capitals":          {"POST", strings.ToUpper(at(auth, "corp")), []int{403}},
		"global websso":            {"GET", "/v3/auth/OS-FEDERATION/websso/openid", []int{403}},
		"global websso, any case":  {"GET", "/v3/auth/os-federation/WEBSSO/openid", []int{403}},
		"global websso, slashes":   {"GET", "/v3//auth///OS-FEDERATION//websso/openid", []int{403}},
		"websso of another":        {"GET", at(websso, "other"), []int{403}},
		"websso OPTIONS":           {"OPTIONS", at(websso, "corp"), []int{401, 302}},
		"websso of another case":   {"GET", at(websso, "CORP"), []int{403}},
		"websso without a session": {"POST", at(websso, "corp"), []int{401}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			resp, body := s.ask(t, c.method, c.path, forged)
			for _, want := range c.want {
				if resp.StatusCode == want {
					return
				}
			}
			t.Errorf("%s %s: got %d, want one of %v\n%s", c.method, c.path, resp.StatusCode, c.want, body)
		})
	}
	t.Run("an open path sees no claims", func(t *testing.T) {
		if resp, body := s.ask(t, "POST", "/v3/auth/tokens", forged); resp.StatusCode != 201 || strings.Contains(body, "OIDC") {
			t.Errorf("got %d and the application sees:\n%s", resp.StatusCode, body)
		}
	})
}

// browser: a person is sent to the issuer of that path, a program is refused.
func browser(t *testing.T, s site, servers map[string]*optest.Server) {
	path := at(websso, "corp") + "?origin=https://dashboard.example.org/dashboard/auth/websso/"
	page := http.Header{"Accept": {"text/html,application/xhtml+xml"}, "User-Agent": {"test"}}
	for name, header := range map[string]http.Header{
		"curl":           {"Accept": {"*/*"}},
		"JSON":           {"Accept": {"application/json"}},
		"XMLHttpRequest": {"Accept": {"text/html"}, "X-Requested-With": {"XMLHttpRequest"}},
	} {
		if resp, _ := s.ask(t, "GET", path, header); resp.StatusCode != 401 {
			t.Errorf("%s: got %d, want 401", name, resp.StatusCode)
		}
	}
	resp, _ := s.ask(t, "GET", path, page)
	discovery := strings.TrimPrefix(resp.Header.Get("Location"), "https://keystone.example.org:5000")
	if resp.StatusCode != 302 || !strings.HasPrefix(discovery, "/v3/OS-FEDERATION/redirect_uri?iss=") {
		t.Fatalf("a browser: got %d to %s", resp.StatusCode, discovery)
	}
	page.Set("Cookie", cookies(resp))
	resp, body := s.ask(t, "GET", discovery, page)
	issuer := resp.Header.Get("Location")
	if resp.StatusCode != 302 || !strings.HasPrefix(issuer, servers["corp"].URL+"/authorize?") || !strings.Contains(issuer, "code_challenge_method=S256") || !strings.Contains(issuer, "response_type=code") {
		t.Errorf("the redirect URI: got %d to %s\n%s", resp.StatusCode, issuer, body)
	}
}

func cookies(resp *http.Response) string {
	var out []string
	for _, c := range resp.Cookies() {
		out = append(out, c.Name+"="+c.Value)
	}
	return strings.Join(out, "; ")
}
