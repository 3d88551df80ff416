package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func authPathForBrowsersOnly() rule.Rule {
	return rule.Rule{
		Slug:     "auth-path-for-browsers-only",
		Severity: finding.Error,
		Title:    "the auth path takes no bearer tokens",
		Why: "Clients send their token to the auth path. `AuthType openid-connect` never looks at it: it answers 302 to the issuer's login " +
			"page (or 200 with a list of issuers), as if a browser had come. The `openstack` client follows, sends the token along to wherever it " +
			"is sent, and ends with `Expecting value: line 1 column 1` or `Unrecognized schema in response body`.",
		Mend:   "`AuthType oauth20` with the issuer's keys (OIDCOAuthVerifyJwksUri) on the auth path; the browser's way in is the websso path. `auth-openidc` takes both.",
		Source: "src/mod_auth_openidc.c, oidc_check_user_id; Keystone, doc/source/admin/federation/openidc.inc",
		After:  []string{"door-twice"},
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				if d.Kind != subject.Auth || d.AuthType() != "openid-connect" || d.Require().Denied() || d.Require().Authz == nil {
					continue
				}
				set := d.Setting("AuthType").Commands
				c := set[len(set)-1]
				f := finding.Finding{
					Message: fmt.Sprintf("AuthType openid-connect on the auth path %s is for browsers alone: a client with a token gets 302 to a login page", d.Path),
					Hint:    "AuthType oauth20",
				}
				if !d.Vhost.ResourceServer() {
					f.Hint += "\n# and in the virtual host, as nothing verifies tokens yet:\nOIDCOAuthVerifyJwksUri JWKS-URI"
				}
				if d.Vhost.ResourceServer() && locationOf(c) == d.Section {
					f.Fix = replaceWord(c, 0, "oauth20", "take bearer tokens")
				}
				p.On(c, f, d, d.Section)
			}
		},
	}
}
