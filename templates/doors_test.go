package templates_test

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/templates"
)

const (
	auth   = "/v3/OS-FEDERATION/identity_providers/%/protocols/openid/auth"
	websso = "/v3/auth/OS-FEDERATION/identity_providers/%/protocols/openid/websso"
)

func at(pattern, id string) string { return strings.Replace(pattern, "%", id, 1) }

// running is one httpd for all questions below.
func running(t *testing.T) (site, map[string]*optest.Server) {
	t.Helper()
	return runningBy(t, "gate")
}

// runningBy is running with another strategy. There are two issuers, unless it
// serves one alone.
func runningBy(t *testing.T, strategy string) (site, map[string]*optest.Server) {
	t.Helper()
	ids := []string{"corp", "Partner_2"}
	if strategy == "single" {
		ids = ids[:1]
	}
	fed, in, servers := issuers(t, ids...)
	fed.HTTPD.Strategy, fed.HTTPD.CABundle = text(strategy), text("/etc/ca.pem")
	for i, id := range ids {
		idp := &fed.IdentityProviders[i]
		if strategy == "introspection" {
			*idp = introspected(*idp)
			idp.Bearer.Introspection.Endpoint = text(servers[id].URL + "/introspect")
			servers[id].Handle("/introspect", introspect)
		} else if id == "Partner_2" {
			idp.Bearer.Token = text("both")
		}
	}
	r := renderSite(t, fed, in)
	trustAll(t, fed, r, servers)
	r.system = filepath.Join(r.root, fed.HTTPD.CABundle.Value)
	return start(t, r), servers
}

// introspect answers as RFC 7662 has it; a token is its own claims, encoded. Who
// asks must be the client that is registered for it.
func introspect(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	claims := map[string]any{}
	text, err := hex.DecodeString(r.FormValue("token"))
	if id != "asker" || !strings.HasPrefix(secret, "canary-of-client_") || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusUnauthorized)
	} else if err != nil || json.Unmarshal(text, &claims) != nil || claims["revoked"] != nil {
		optest.JSON(w, http.StatusOK, map[string]any{"active": false})
	} else {
		claims = merged(map[string]any{"token_type": "Bearer"}, claims, map[string]any{"active": true})
		optest.JSON(w, http.StatusOK, claims)
	}
}

// minted is a token as the strategy's issuers give it out.
func minted(strategy string, s *optest.Server, claims map[string]any) string {
	if strategy != "introspection" {
		return s.Sign(claims)
	}
	text, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	return hex.EncodeToString(text)
}

// TestDoors holds every strategy to the same answers.
func TestDoors(t *testing.T) {
	for _, strategy := range templates.Strategies() {
		t.Run(strategy.Name, func(t *testing.T) {
			s, servers := runningBy(t, strategy.Name)
			t.Run("tokens", func(t *testing.T) { tokens(t, strategy.Name, s, servers) })
			t.Run("closed", func(t *testing.T) { closed(t, s, servers) })
			t.Run("browser", func(t *testing.T) { browser(t, s, servers) })
		})
	}
}

// tokens: each issuer's token opens its own door and no other, cold and after
// use; what is not made for us, or not held by our client, opens none.
func tokens(t *testing.T, strategy string, s site, servers map[string]*optest.Server) {
	corp, partner := servers["corp"], servers["Partner_2"]
	with := func(s *optest.Server, claims map[string]any) string {
		return minted(strategy, s, merged(s.AccessClaims("cli", "alice"), claims))
	}
	cases := []opening{
		{"own", "corp", with(corp, nil), 201},
		{"another audience", "corp", with(corp, map[string]any{"aud": "wiki"}), 401},
		{"another client", "corp", with(corp, map[string]any{"azp": "wiki"}), 401},
		{"a client with a blank in its name", "corp", with(corp, map[string]any{"azp": "c li"}), 401},
		{"a client with a line's end in its name", "corp", with(corp, map[string]any{"azp": "cli\n"}), 401},
		{"an audience with a blank in its name", "corp", with(corp, map[string]any{"aud": " keystone"}), 401},
		{"no client", "corp", with(corp, map[string]any{"azp": nil}), 401},
		{"no issuer", "corp", with(corp, map[string]any{"iss": nil}), 401},
		{"no audience", "corp", with(corp, map[string]any{"aud": nil}), 401},
		{"ID token where access tokens are wanted", "corp", with(corp, map[string]any{"aud": "cli"}), 401},
		{"expired or revoked", "corp", with(corp, map[string]any{"exp": 1000, "revoked": true}), 401},
		{"larger than 8 KiB", "corp", with(corp, map[string]any{"padding": strings.Repeat("x", 6000)}), 201},
		{"garbage", "corp", "garbage", 401},
		{"issuer in the name of a claim", "corp", with(corp, map[string]any{"iss": "https://other.example.org", "iss:https": strings.TrimPrefix(corp.URL, "https:")}), 401},
	}
	if strategy == "introspection" {
		cases = append(cases, opening{"a refresh token", "corp", with(corp, map[string]any{"token_type": "Refresh"}), 401},
			opening{"an ID token", "corp", with(corp, map[string]any{"token_type": "ID"}), 401},
			opening{"a token in small letters", "corp", with(corp, map[string]any{"token_type": "bearer"}), 201})
	}
	if strategy == "mod_oauth2" {
		cases = append(cases, opening{"no expiry", "corp", with(corp, map[string]any{"exp": nil}), 401},
			opening{"no subject", "corp", with(corp, map[string]any{"sub": nil}), 401},
			opening{"an empty subject and a client with blanks", "corp", with(corp, map[string]any{"sub": "", "azp": "c li"}), 401},
			opening{"a client with blanks", "corp", with(corp, map[string]any{"azp": "c li"}), 401})
	}
	if partner != nil {
		cases = append(ofTwo(strategy, with, corp, partner), cases...)
	}
	for _, c := range cases {
		t.Run(c.name+" at "+c.id, func(t *testing.T) { c.try(t, s) })
	}
}

// ofTwo are the cases of two issuers: those before a token was used come first.
func ofTwo(strategy string, with func(*optest.Server, map[string]any) string, corp, partner *optest.Server) []opening {
	foreign, forged := map[string]any{"iss": partner.URL}, with(corp, map[string]any{"iss": partner.URL})
	cases := []opening{
		{"another issuer's, cold", "corp", with(partner, nil), 401},
		{"own", "corp", with(corp, nil), 201},
		{"own", "Partner_2", with(partner, nil), 201},
		{"another issuer's, after use", "corp", with(partner, nil), 401},
		{"another issuer's, after use", "Partner_2", with(corp, nil), 401},
		{"own keys, another's name, at home", "corp", forged, 401},
	}
	if strategy == "introspection" { // whose token it is is told by the issuer that is asked
		return cases
	}
	return append(cases, opening{"own keys, another's name, after home", "Partner_2", forged, 401},
		opening{"own keys, another's name, cold", "Partner_2", with(corp, merged(foreign, map[string]any{"jti": "cold"})), 401},
		opening{"ID token where both are taken", "Partner_2", with(partner, map[string]any{"aud": "cli"}), 201},
		opening{"ID token of another client", "Partner_2", with(partner, map[string]any{"aud": "wiki"}), 401})
}

func merged(claims ...map[string]any) map[string]any {
	out := map[string]any{}
	for _, some := range claims {
		maps.Copy(out, some)
	}
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	return out
}

// opening is a token tried at a provider's door.
type opening struct {
	name, id, token string
	want            int
}

func (c opening) try(t *testing.T, s site) {
	resp, body := s.ask(t, "POST", at(auth, c.id), http.Header{"Authorization": {"Bearer " + c.token}, "Oidc-Sub": {"forged"}})
	if resp.StatusCode != c.want {
		t.Errorf("got %d, want %d\n%s", resp.StatusCode, c.want, body)
	}
	if resp.StatusCode == 201 && (!strings.Contains(body, "OIDC-sub=alice\n") || strings.Contains(body, "forged") || strings.Contains(body, "HTTP_OIDC")) {
		t.Errorf("the application sees:\n%s", body)
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
		"OPTIONS":                  {"OPTIONS", at(auth, "corp"), []int{401, 403}},
		"PUT":                      {"PUT", at(auth, "corp"), []int{401, 403}},
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
