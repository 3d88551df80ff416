package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tokenHeaderNotTaken() rule.Rule {
	return rule.Rule{
		Slug:     "token-header-not-taken",
		Severity: finding.Error,
		Title:    "the header in which clients send their token is not looked at",
		Why: "Clients of Keystone (keystoneauth, the `openstack` command, gophercloud) send `Authorization: Bearer`. Where " +
			"`OIDCOAuthAcceptTokenAs` or `OAuth2AcceptTokenIn` name other places and not `header`, that header is passed over, and every " +
			"client gets 401: `No bearer token found in the request`.",
		Mend:   "Add `header`, or take the line away: the header is the default.",
		Source: "keystoneauth1 identity/v3/oidc.py; mod_auth_openidc src/oauth.c, oidc_oauth_get_bearer_token; mod_oauth2 src/mod_oauth2.c",
		Check: func(p *rule.Pass) {
			for _, d := range openidcDoors(p) {
				reportNoHeader(p, d, "OIDCOAuthAcceptTokenAs", anyWord)
			}
			for _, d := range oauth2Doors(p) {
				reportNoHeader(p, d, "OAuth2AcceptTokenIn", firstWord)
			}
		},
	}
}

func reportNoHeader(p *rule.Pass, d *subject.Door, directive string, words func(*httpdconf.Command) []string) {
	set := d.Setting(directive)
	if len(set.Commands) == 0 || len(set.Undecided) > 0 {
		return
	}
	for _, c := range set.Commands {
		for _, w := range words(c) {
			if strings.EqualFold(w, "header") {
				return
			}
		}
	}
	at := set.Commands[0]
	p.On(at, finding.Finding{
		Message: fmt.Sprintf("the %s %s does not look for tokens in the Authorization header, where clients of Keystone send them: all of them get 401", d.Kind, d.Path),
		Hint:    directive + " header",
		Fix:     headerInstead(at, len(set.Commands)),
	}, d)
}

// headerInstead writes `header` for the one place that a command names.
func headerInstead(c *httpdconf.Command, of int) *finding.Fix {
	if of != 1 || len(c.Words()) != 1 {
		return nil
	}
	return subject.Reword("take tokens from the Authorization header", c, 0, 1, "header")
}
