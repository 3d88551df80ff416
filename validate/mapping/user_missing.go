package mapping

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func userMissing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "user-missing",
		Severity: finding.Info,
		Title:    "no rule names the user, who is then called as REMOTE_USER",
		Why: "Where the mapping gives neither name nor id, Keystone takes REMOTE_USER, and answers 401 where httpd sets none. " +
			"mod_auth_openidc makes it `sub` for bearer tokens and `sub@issuer` in the browser unless told otherwise: one person is then two users of " +
			"Keystone, with different roles.",
		Mend:   "Name the user in the mapping, by a claim that both ways bring.",
		Source: "keystone/auth/plugins/mapped.py; mod_auth_openidc, OIDCRemoteUserClaim and OIDCOAuthRemoteUserClaim",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			named := slices.ContainsFunc(d.rules, func(x *oneRule) bool {
				return x.user().Get("name") != nil || x.user().Get("id") != nil || x.localUser()
			})
			if named || len(d.rules) == 0 || len(d.rules) < len(d.Doc.Rules) {
				return
			}
			p.Report(finding.Finding{
				At:      d.rules[0].node.Get("local").At,
				Message: "no rule gives the user a name or an id: the user is called as REMOTE_USER, which may differ between bearer tokens and the browser",
				Hint:    `"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "OIDC-preferred_username"}]`,
			}, d)
		}),
	}
}
