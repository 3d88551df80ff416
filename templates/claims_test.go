package templates_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestOddAudiences: every character of a value means itself, and its neighbours
// do not pass.
func TestOddAudiences(t *testing.T) {
	odd := []string{`a:b`, `urn:x.y`, `m:n^o`, `c:d\e`, `k:[z]{1}$`, `p:+*?|()`, `q:r~s`, `t^u`, `v.w`, `x\y`}
	var ids []string
	for i := range odd {
		ids = append(ids, fmt.Sprintf("odd%d", i))
	}
	fed, in, servers := issuers(t, ids...)
	fed.HTTPD.CABundle = text("/etc/ca.pem")
	for i, audience := range odd {
		fed.IdentityProviders[i].Bearer.Audience = text(audience)
	}
	r := renderSite(t, fed, in)
	trustAll(t, fed, r, servers)
	s := start(t, r)
	for i, audience := range odd {
		for value, want := range map[string]int{audience: 201, shifted(audience, 1): 401, shifted(audience, -1): 401, audience + "x": 401, "x" + audience: 401} {
			claims := servers[ids[i]].AccessClaims("cli", "alice")
			claims["aud"] = value
			resp, _ := s.ask(t, "POST", at(auth, ids[i]), http.Header{"Authorization": {"Bearer " + servers[ids[i]].Sign(claims)}})
			if resp.StatusCode != want {
				t.Errorf("the audience is %q and the token's is %q: got %d, want %d", audience, value, resp.StatusCode, want)
			}
		}
	}
}

// shifted puts the next or the previous character in the place of each
// punctuation mark.
func shifted(s string, by rune) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r+by > unicode.MaxASCII-1 {
			return r
		}
		return r + by
	}, s)
}

// trustAll puts the CAs of all providers into the tree.
func trustAll(t *testing.T, fed *spec.Federation, r rendered, servers map[string]*optest.Server) {
	t.Helper()
	var all string
	for _, s := range servers {
		all += read(t, s.CAFile)
	}
	write(t, filepath.Join(r.root, fed.HTTPD.CABundle.Value), all)
}

// TestClaimNames: mod_auth_openidc reads `Require claim NAME:VALUE` by the
// claims' names, so a claim whose own name holds a colon could be taken for a
// part of the line. No token may pass by the names of its claims.
func TestClaimNames(t *testing.T) {
	fed, in, servers := issuers(t, "corp")
	fed.HTTPD.CABundle = text("/etc/ca.pem")
	fed.IdentityProviders[0].Bearer.Audience = text("api://keystone")
	r := renderSite(t, fed, in)
	corp := servers["corp"]
	trust(t, fed, r, corp)
	s := start(t, r)
	scheme, host, _ := strings.Cut(corp.URL, ":")
	cases := map[string]struct {
		claims map[string]any
		want   int
	}{
		"as it is":               {map[string]any{}, 201},
		"audience in the name":   {map[string]any{"aud": "wiki", "aud:api": "//keystone"}, 401},
		"one of several":         {map[string]any{"aud": []string{"account", "api://keystone"}}, 201},
		"near the audience":      {map[string]any{"aud": "api;//keystone"}, 401},
		"more than the audience": {map[string]any{"aud": "api://keystone2"}, 401},
		"the name alone":         {map[string]any{"aud:api": "//keystone"}, 201},
		"issuer in the name":     {map[string]any{"iss": "https://other.example.org", "iss:" + scheme: host}, 401},
		"no issuer, but a name":  {map[string]any{"iss": nil, "iss:" + scheme: host}, 401},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			claims := corp.AccessClaims("cli", "alice")
			claims["aud"] = "api://keystone"
			for k, v := range c.claims {
				claims[k] = v
			}
			resp, body := s.ask(t, "POST", at(auth, "corp"), http.Header{"Authorization": {"Bearer " + corp.Sign(claims)}})
			if resp.StatusCode != c.want {
				t.Errorf("got %d, want %d\n%s", resp.StatusCode, c.want, body)
			}
		})
	}
}
