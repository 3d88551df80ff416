package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func introspectionByGet() rule.Rule {
	return rule.Rule{
		Slug:     "introspection-by-get",
		Severity: finding.Warning,
		Title:    "tokens stand in the URL by which the issuer is asked",
		Why: "RFC 7662 has the question sent by POST. With `OIDCOAuthIntrospectionEndpointMethod GET` the whole token stands in the URL, which " +
			"the issuer's web server, its load balancer and every proxy on the way write into their logs. Whoever reads them can use the " +
			"token until it expires; many issuers answer GET with 405 at all.",
		Mend:   "Take the line away: `POST` is the default.",
		Source: "RFC 7662 sections 2.1 and 4; mod_auth_openidc src/oauth.c, oidc_oauth_validate_access_token",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				at := h.Command("oidcoauthintrospectionendpointmethod")
				if at == nil || h.Command(introspection) == nil || !strings.EqualFold(subject.Arg(at, 0), "get") {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s is asked by GET, with the token in the URL: it ends up in the logs there and on the way", h.Value(introspection)),
					Hint:    at.Name + " POST",
					Fix:     subject.Reword("ask by POST", at, 0, 1, "POST"),
				}, h.Vhost)
			}
		},
	}
}
