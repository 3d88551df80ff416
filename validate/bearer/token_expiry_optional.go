package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tokenExpiryOptional() rule.Rule {
	return rule.Rule{
		Slug:     "token-expiry-optional",
		Severity: finding.Warning,
		Title:    "any JSON that the introspection endpoint answers makes a token good",
		Why: "An answer without `active` (RFC 7662) is judged by its expiry alone, the claim that `OIDCOAuthTokenExpiryClaim` names. With " +
			"`optional` even that may be missing: whatever JSON comes back without an `error` in it makes the token good, also the answer of " +
			"an endpoint that has not looked at the token at all.",
		Mend:   "`mandatory`, which is the default: `OIDCOAuthTokenExpiryClaim exp absolute mandatory`.",
		Source: "mod_auth_openidc src/oauth.c, oidc_oauth_parse_and_cache_token_expiry, oidc_oauth_resolve_access_token",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				at := h.Command("oidcoauthtokenexpiryclaim")
				if at == nil || h.Command(introspection) == nil && h.Command(metadataURL) == nil || !strings.EqualFold(subject.Arg(at, 2), "optional") {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("an answer of the introspection endpoint need neither say active nor have %s: any JSON makes a token good", subject.Arg(at, 0)),
					Hint:    fmt.Sprintf("%s %s %s mandatory", at.Name, subject.Arg(at, 0), subject.Arg(at, 1)),
					Fix:     subject.Reword("make the expiry mandatory", at, 2, 1, "mandatory"),
				}, h.Vhost)
			}
		},
	}
}
