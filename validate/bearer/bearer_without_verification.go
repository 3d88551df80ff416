package bearer

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func bearerWithoutVerification() rule.Rule {
	return rule.Rule{
		Slug:     "bearer-without-verification",
		Severity: finding.Error,
		Title:    "bearer tokens are taken, but nothing says how to verify them",
		Why: "`AuthType oauth20` and `auth-openidc` verify bearer tokens by what the `OIDCOAuth…` directives of the virtual host say, and by " +
			"nothing else: the metadata of the browser's login are not used for them. mod_oauth2 verifies by `OAuth2TokenVerify`. Without " +
			"any, every token is answered with 401: `JWT token could not be validated` or `Token could not be verified`. Horizon's login goes " +
			"on working, so that the fault shows at the command line alone.",
		Mend: "Name the issuer's keys (`jwks_uri` in its discovery document) with `OIDCOAuthVerifyJwksUri`, or, for tokens that are no JWTs, " +
			"its introspection endpoint.",
		Source: "mod_auth_openidc src/oauth.c, oidc_oauth_validate_jwt_access_token; mod_oauth2 src/mod_oauth2.c",
		After:  []string{"resource-server-incomplete"},
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				if !h.ResourceServer() {
					reportUnverified(p, h)
				}
			}
			for _, d := range oauth2Doors(p) {
				if d.AuthType() == "oauth2" && len(verifies(d)) == 0 {
					p.On(authType(d), finding.Finding{
						Message: fmt.Sprintf("the %s %s takes bearer tokens, but no OAuth2TokenVerify says how to verify them: every token gets 401", d.Kind, d.Path),
						Hint:    "OAuth2TokenVerify jwks_uri " + keysHint(p, d),
					}, d)
				}
			}
		},
	}
}

// reportUnverified speaks of the first door that is for tokens. At others, which
// browsers come to, `auth-openidc` may stand without any need of them.
func reportUnverified(p *rule.Pass, h tokenHost) {
	i := slices.IndexFunc(h.doors, func(d *subject.Door) bool { return d.Kind == subject.Auth || d.AuthType() == "oauth20" })
	if i < 0 {
		return
	}
	d := h.doors[i]
	p.On(authType(d), finding.Finding{
		Message: fmt.Sprintf("the %s %s takes bearer tokens, but nothing in %s says how to verify them: every token gets 401", d.Kind, d.Path, h.Name()),
		Hint:    "OIDCOAuthVerifyJwksUri " + keysHint(p, d),
	}, h.about()...)
}

// keysHint gives the address of the issuer's keys, if its metadata are at hand.
func keysHint(p *rule.Pass, d *subject.Door) string {
	if uri, _ := described(d.Vhost, p.Folders, issuerOf(d), "jwks_uri"); uri != "" {
		return uri
	}
	return "JWKS-URI"
}
