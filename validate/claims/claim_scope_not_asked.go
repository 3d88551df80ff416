package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimScopeNotAsked(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-scope-not-asked",
		Severity: finding.Info,
		Title:    "a mapping looks for a claim whose scope is not asked for",
		Why: "With the scope `openid` alone an issuer need send no more than `sub`: `email` comes with the scope `email`, `preferred_username` and `name` with `profile`, and groups with a scope of the issuer's own, often `groups`. " +
			"OIDCScope is `openid` where it is not set. Some issuers send these claims all the same, as Keycloak does by its default client scopes; then nothing has to be done.",
		Mend:   "Ask for the scope, in OIDCScope or in `scope` of the issuer's `.conf`.",
		Source: "OpenID Connect Core 1.0, section 5.4",
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				if !f.Browser || f.OAuth2 || f.Vhost.Folder() != nil && len(f.Vhost.Folder().With("conf")) > 0 {
					continue
				}
				asked := strings.Fields(f.Vhost.Value("oidcscope"))
				if len(asked) == 0 {
					asked = []string{"openid"}
				}
				for _, x := range v.Reads {
					scope := scopeOf(x.Claim)
					if x.Condition == nil || scope == "" || slices.Contains(asked, scope) {
						continue
					}
					v.Report(finding.Finding{
						At:      x.At,
						Message: fmt.Sprintf("%s is looked for, and logins in the browser ask for %s alone: the issuer need not send it without the scope %s", x.Name, strings.Join(asked, " "), scope),
						Hint:    fmt.Sprintf("OIDCScope %q", strings.Join(append(slices.Clone(asked), scope), " ")),
					}, x.Condition)
				}
			}
		}),
	}
}

// scopeOf gives the scope that brings a standard claim; "" for others.
func scopeOf(claim string) string {
	switch claim {
	case "email", "email_verified":
		return "email"
	case "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "locale", "zoneinfo":
		return "profile"
	case "phone_number", "phone_number_verified":
		return "phone"
	}
	return ""
}
