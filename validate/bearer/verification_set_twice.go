package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func verificationSetTwice() rule.Rule {
	return rule.Rule{
		Slug:     "verification-set-twice",
		Severity: finding.Error,
		Title:    "a second address of keys silently takes the first one's place",
		Why: "`OIDCOAuthVerifyJwksUri`, `OIDCOAuthIntrospectionEndpoint` and `OIDCOAuthServerMetadataURL` hold one value for a virtual host. " +
			"httpd takes a second line without a word, and the first one is gone: tokens of its issuer get 401.",
		Mend:   "One line; for a second issuer a second virtual host, or mod_oauth2 with an `OAuth2TokenVerify` in each Location.",
		Source: "mod_auth_openidc src/config.c, oidc_set_https_slot",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				for _, key := range urlKeys() {
					reportTwice(p, v, key)
				}
			}
		},
	}
}

func reportTwice(p *rule.Pass, v *subject.Vhost, key string) {
	own := v.Own(key)
	for i := 1; i < len(own); i++ {
		was, is := own[i-1], own[i]
		if subject.Arg(was, 0) == subject.Arg(is, 0) {
			continue
		}
		p.On(is, finding.Finding{
			Message: fmt.Sprintf("this %s takes the place of the one in line %d: tokens that %s vouches for get 401", is.Name, was.At().Start.Line, shown(subject.Arg(was, 0))),
			Hint:    "# one virtual host for each issuer, with one " + is.Name,
			Related: []finding.Related{{Message: "without effect", At: was.At()}},
		}, v)
	}
}
