package access_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/access"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestStyles: what the rules say of configurations that differ in one respect from a
// good one, and of good ones that are written in other ways.
func TestStyles(t *testing.T) {
	const good = "AuthType oauth20\n<RequireAll>\nRequire claim iss:https://op1.example.org\nRequire claim aud:keystone\n</RequireAll>"
	const deny = "<LocationMatch \"/OS-FEDERATION/\">\nRequire all denied\n</LocationMatch>"
	const wsgi = "WSGIScriptAlias / /usr/bin/keystone-wsgi-public"
	door := location(auth("op1"), good)
	for name, c := range map[string]struct {
		conf string
		want []string
	}{
		"a general deny":                 {vhost(deny, door, wsgi), nil},
		"nothing closed":                 {vhost(door, wsgi), []string{"federation-paths-not-closed"}},
		"closed by RedirectMatch":        {vhost(`RedirectMatch 403 "^/v3/(auth/)?OS-FEDERATION/(?!identity_providers/op1/protocols/openid/auth)"`, door, wsgi), nil},
		"closed by RewriteRule":          {vhost("RewriteEngine On", `RewriteRule "^/v3/(auth/)?OS-FEDERATION/(?!identity_providers/op1/)" - [F,L]`, door, wsgi), nil},
		"a RewriteRule that is off":      {vhost(`RewriteRule "^/v3/(auth/)?OS-FEDERATION/(?!identity_providers/op1/)" - [F,L]`, door, wsgi), []string{"federation-paths-not-closed"}},
		"sections of the main server":    {deny + "\n" + door + "\n" + wsgi + "\n" + vhost(), nil},
		"behind uwsgi":                   {vhost(door, "ProxyPass / uwsgi://127.0.0.1:37358/"), []string{"federation-paths-not-closed"}},
		"nothing is served":              {vhost(door), nil},
		"something else is served":       {vhost("WSGIScriptAlias / /usr/share/openstack-dashboard/django.wsgi") + vhost(deny, door, wsgi), nil},
		"only OPTIONS is free":           {vhost(deny, location(auth("op1"), "AuthType oauth20\n<LimitExcept OPTIONS>\nRequire claim iss:https://op1.example.org\n</LimitExcept>"), wsgi), nil},
		"GET is free":                    {vhost(deny, location(auth("op1"), "AuthType oauth20\n<LimitExcept GET>\nRequire claim iss:https://op1.example.org\n</LimitExcept>"), wsgi), []string{"require-for-some-methods"}},
		"limits beside a deny":           {vhost(deny, location(auth("op1"), "AuthType oauth20\nRequire all denied\n<Limit POST>\nRequire claim iss:https://op1.example.org\n</Limit>"), wsgi), nil},
		"Satisfy Any where none may":     {vhost(deny, location(auth("op1"), good+"\nOrder allow,deny\nSatisfy Any"), wsgi), nil},
		"Satisfy Any for a network":      {vhost(deny, location(auth("op1"), good+"\nOrder allow,deny\nAllow from 192.0.2.0/24\nSatisfy Any"), wsgi), []string{"satisfy-any"}},
		"AuthMerging And with a deny":    {vhost(deny, location(auth("op1"), "AuthMerging And\n"+good), wsgi), []string{"denied-by-mistake"}},
		"the claim in front, and a step": {vhost(deny, location(websso("op1"), "AuthType openid-connect\nOIDCUnAutzAction auth\nRequire claim iss:https://op1.example.org\nRequire valid-user"), wsgi), nil},
		"the claim behind, and a step":   {vhost(deny, location(websso("op1"), "AuthType openid-connect\nOIDCUnAutzAction auth\nRequire valid-user\nRequire claim iss:https://op1.example.org"), wsgi), []string{"issuer-check-void"}},
		"a query":                        {vhost(deny, location(auth("op1")+"?x=*", good), wsgi), []string{"location-is-no-path"}},
		"percent":                        {vhost(deny, location(strings.Replace(auth("op1"), "op1", "op%31", 1), good), wsgi), []string{"location-is-no-path"}},
		"an expression":                  {vhost(deny, location(strings.Replace(auth("op1"), "op1", "(op1|op2)", 1), good), wsgi), []string{"location-is-no-path"}},
		"small letters":                  {vhost(deny, location(strings.ToLower(auth("op1")), good), wsgi), []string{"location-mistyped"}},
		"without /v3":                    {vhost(deny, location(strings.TrimPrefix(auth("op1"), "/v3"), good), wsgi), []string{"location-mistyped"}},
		"below /identity, not there":     {vhost(deny, location("/identity"+auth("op1"), good), wsgi), []string{"location-outside-of-mount"}},
		"wildcards":                      {vhost(location("/v3/auth/OS-FEDERATION", "Require all denied"), location(auth("*"), good), wsgi), []string{"federation-paths-not-closed", "location-misses-slash", "pattern-opens-every-provider"}},
		"an AuthType of nobody":          {vhost(deny, location(auth("op1"), strings.Replace(good, "oauth20", "Saml", 1)), wsgi), []string{"unknown-auth-type"}},
		"an AuthType in capitals":        {vhost(deny, location(auth("op1"), strings.Replace(good, "oauth20", "OAUTH20", 1)), wsgi), nil},
		"two alike":                      {vhost(deny, door, door, wsgi), nil},
	} {
		if diff := cmp.Diff(c.want, slugs(t, c.conf)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

func location(path, body string) string {
	return "<Location " + path + ">\n" + body + "\n</Location>"
}

// vhost is the usual virtual host with more lines.
func vhost(lines ...string) string {
	return "<VirtualHost *:5000>\nServerName https://keystone.example.org:5000\nOIDCClaimPrefix OIDC-\nOIDCPassClaimsAs environment\nOIDCOAuthVerifyJwksUri https://op1.example.org/jwks\n" +
		strings.Join(lines, "\n") + "\n</VirtualHost>\n"
}

// slugs are those of this topic's rules that speak, each once, sorted.
func slugs(t *testing.T, conf string) []string {
	t.Helper()
	site, err := subject.Load("-", []string{"-"}, subject.Options{Stdin: strings.NewReader(conf)})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range access.Topic().Rules {
		if len(r.Run(site)) > 0 {
			out = append(out, r.Slug)
		}
	}
	slices.Sort(out)
	return out
}
