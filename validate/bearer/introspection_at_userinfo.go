package bearer

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func introspectionAtUserinfo() rule.Rule {
	return rule.Rule{
		Slug:     "introspection-at-userinfo",
		Severity: finding.Warning,
		Title:    "the userinfo endpoint stands where the introspection endpoint should",
		Why: "Introspection asks `token=…` by POST and expects `active` and an expiry. The userinfo endpoint knows neither: it wants the token " +
			"itself as bearer, and answers 401, so that every token gets 401 from httpd, too. And where it is made to answer, it says nothing " +
			"of issuer, audience and client, so that tokens of every application of the issuer pass.",
		Mend: "The `introspection_endpoint` of the issuer's discovery document; if it has none, its tokens are JWTs (`OIDCOAuthVerifyJwksUri`) " +
			"or cannot be used.",
		Source: "RFC 7662 section 2; OpenID Connect Core 5.3; mod_auth_openidc src/oauth.c",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				for _, at := range v.Own(introspection) {
					if u, err := url.Parse(subject.Arg(at, 0)); err == nil && strings.HasSuffix(strings.TrimSuffix(u.Path, "/"), "/userinfo") {
						p.On(at, finding.Finding{
							Message: fmt.Sprintf("%s is a userinfo endpoint, which does not introspect tokens: every token gets 401", shown(subject.Arg(at, 0))),
							Hint:    "OIDCOAuthIntrospectionEndpoint " + strings.Replace(shown(subject.Arg(at, 0)), "userinfo", "INTROSPECTION", 1),
						}, v)
					}
				}
			}
		},
	}
}
