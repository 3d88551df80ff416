package login

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func scopeWithoutOpenID(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "scope-without-openid",
		Severity: finding.Error,
		Title:    "the scope openid is not asked for",
		Why: "Without `openid` a request is plain OAuth 2.0, and the issuer sends no ID token. The module then ends the login, after the password was given, with \"no id_token parameter found in the code response\". " +
			"OIDCScope replaces the default, which is `openid`, and does not add to it.",
		Mend:   "Begin the list with `openid`, in OIDCScope and in `scope` of each issuer's `.conf`.",
		Source: "OpenID Connect Core 3.1.2.1; mod_auth_openidc, oidc_proto_validate_code_response",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				for _, s := range settings(v, "OIDCScope", "oidcscope", "scope") {
					if slices.Contains(strings.Fields(s.Value), "openid") {
						continue
					}
					more := strings.TrimSpace("openid " + s.Value)
					s.report(p, finding.Finding{
						Message: fmt.Sprintf("the scopes %q lack openid: the issuer sends no ID token, and logins fail", s.Value),
						Hint:    s.line(more),
						Fix:     s.mended(more),
					}, v.Vhost)
				}
			}
		},
	}
}
