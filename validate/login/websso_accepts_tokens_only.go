package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func webssoAcceptsTokensOnly() rule.Rule {
	return rule.Rule{
		Slug:     "websso-accepts-tokens-only",
		Severity: finding.Error,
		Title:    "a websso path takes bearer tokens only",
		Why: "Horizon sends the user's browser to the websso path, and a browser has no bearer token. Under `AuthType oauth20` (or mod_oauth2's `oauth2`) it gets 401 and no login page. " +
			"That AuthType belongs to the path that ends in `/auth`, which clients with a token call.",
		Mend:   "`AuthType openid-connect` on websso paths.",
		Source: "mod_auth_openidc, src/oauth.c, oidc_oauth_check_userid; keystone/api/auth.py",
		Check: func(p *rule.Pass) {
			if !usesTokens(p.Trees) {
				return
			}
			for _, d := range p.Doors() {
				if d.Kind != subject.WebSSO && d.Kind != subject.GlobalWebSSO || d.AuthType() != "oauth20" && d.AuthType() != "oauth2" {
					continue
				}
				at := d.Setting("AuthType").Commands[0]
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("AuthType %s at the %s %s: browsers have no token and get 401", d.AuthType(), d.Kind, d.Path),
					Hint:    "AuthType openid-connect",
					Fix:     sectionFix(d, at),
				}, d)
			}
		},
	}
}

// sectionFix writes openid-connect where the section has the AuthType itself, and
// the virtual host can log browsers in.
func sectionFix(d *subject.Door, authType *httpdconf.Command) *finding.Fix {
	if authType.Parent() != d.Section || d.Vhost.Command("oidcredirecturi") == nil {
		return nil
	}
	return subject.Write(authType, 0, "openid-connect")
}

// usesTokens reports whether an AuthType for bearer tokens alone is used anywhere.
func usesTokens(trees []*subject.Tree) bool {
	for _, t := range trees {
		for _, c := range t.Commands("authtype") {
			if word := strings.ToLower(c.RawArgs()); strings.Contains(word, "oauth2") {
				return true
			}
		}
	}
	return false
}
