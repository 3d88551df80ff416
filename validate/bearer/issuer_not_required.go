package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func issuerNotRequired() rule.Rule {
	return rule.Rule{
		Slug:     "issuer-not-required",
		Severity: finding.Warning,
		Title:    "nobody looks at who issued a bearer token",
		Why: "mod_auth_openidc checks a token's signature, not its `iss`: before 2.4.20 never, since then where `OIDCOAuthVerifyIssuer` says " +
			"so. Whoever holds one of the keys may write any issuer into a token. Where several issuers share keys, as all tenants of " +
			"Microsoft do, tokens of each of them pass httpd, and only Keystone's remote ids are left to tell them apart.",
		Mend:   "`Require claim iss:` with the issuer exactly as it writes itself in its tokens, inside of `<RequireAll>`.",
		Source: "mod_auth_openidc src/oauth.c, oidc_oauth_validate_jwt_access_token; RFC 9068 section 4",
		After:  openings(),
		Check: func(p *rule.Pass) {
			for _, d := range openidcDoors(p) {
				if decided(d) && localKeys(d.Vhost) && d.Vhost.Command("oidcoauthverifyissuer") == nil && !mentions(d, "iss") {
					reportIssuer(p, d, "mod_auth_openidc")
				}
			}
		},
	}
}

func reportIssuer(p *rule.Pass, d *subject.Door, module string) {
	p.On(authType(d), finding.Finding{
		Message: fmt.Sprintf("the %s %s does not require an issuer: %s checks the signature alone, and a token may say any", d.Kind, d.Path, module),
		Hint:    narrower(d, "iss:"+issuerOf(d)),
	}, d, d.Section)
}
