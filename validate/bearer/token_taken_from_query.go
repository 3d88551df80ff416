package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tokenTakenFromQuery() rule.Rule {
	return rule.Rule{
		Slug:     "token-taken-from-query",
		Severity: finding.Warning,
		Title:    "bearer tokens are taken from the URL or from a cookie",
		Why: "A URL is written down at many places: access logs of httpd and of the load balancer, traces, the history of a shell. With " +
			"`query` a token that stands there is a login for whoever can read them. A `cookie` is sent along by every browser on its own, so " +
			"that any web page can have its reader's browser log in. Clients of Keystone send the header.",
		Mend:   "`OIDCOAuthAcceptTokenAs header`, or no line at all: that is the default.",
		Source: "RFC 6750 sections 2.3 and 5.3; RFC 9700 section 4.3.2; mod_auth_openidc src/oauth.c, oidc_oauth_get_bearer_token",
		Check: func(p *rule.Pass) {
			for _, d := range openidcDoors(p) {
				reportWays(p, d, "OIDCOAuthAcceptTokenAs", anyWord)
			}
			for _, d := range oauth2Doors(p) {
				reportWays(p, d, "OAuth2AcceptTokenIn", firstWord)
			}
		},
	}
}

func reportWays(p *rule.Pass, d *subject.Door, directive string, words func(*httpdconf.Command) []string) {
	for _, c := range d.Setting(directive).Commands {
		for _, w := range words(c) {
			if way, _, _ := strings.Cut(strings.ToLower(w), ":"); way == "query" || way == "cookie" {
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("the %s %s takes bearer tokens from the %s: %s", d.Kind, d.Path, place(way), harm(way)),
					Hint:    directive + " header",
				}, d)
				return
			}
		}
	}
}

func place(way string) string {
	if way == "query" {
		return "URL"
	}
	return "cookie"
}

func harm(way string) string {
	if way == "query" {
		return "they end up in access logs"
	}
	return "every web page can have its reader's browser log in"
}

func anyWord(c *httpdconf.Command) []string { return c.Argv() }

func firstWord(c *httpdconf.Command) []string { return c.Argv()[:min(1, len(c.Argv()))] }
