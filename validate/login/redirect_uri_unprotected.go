package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redirectURIUnprotected(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-unprotected",
		Severity: finding.Error,
		Title:    "no section hands the redirect URI to mod_auth_openidc",
		Why: "The module sees requests only where an AuthType of its own holds and a Require asks for a user. At a redirect URI without both, " +
			"the browser comes back from the issuer with its code and nobody redeems it: Keystone answers 404, a deny rule 403, and with `Require all granted` the page is empty. " +
			"Everybody's login ends there.",
		Mend:   "Give the redirect URI a Location of its own with `AuthType openid-connect` and `Require valid-user`.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_check_user_id; httpd, server/request.c, ap_process_request_internal",
		After:  []string{"redirect-uri-is-keystone-path", "redirect-uri-in-another-vhost", "authtype-without-require", "unknown-auth-type"},
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if what := unanswered(v); what != "" {
					about := []any{v.Vhost}
					if d := v.callback(); d != nil {
						about = append(about, d, d.Section)
					}
					p.On(v.Redirect, finding.Finding{
						Message: fmt.Sprintf("the redirect URI %s %s: no login comes to its end", v.path(), what),
						Hint:    callbackSection(v.path()),
						Fix:     v.newSection(),
					}, about...)
				}
			}
		},
	}
}

// unanswered says why the module does not see requests to the redirect URI; "" where
// it does, or where that cannot be told.
func unanswered(v *party) string {
	x := v.Context(v.path())
	kind := x.Setting("AuthType")
	need := subject.RequirementOf(x)
	switch {
	case len(kind.Undecided) > 0 || len(need.Undecided) > 0 || v.tokensOnly():
		return ""
	case kind.Value() == "" && need.Authz != nil && need.Denied():
		return fmt.Sprintf("is denied by line %d and has no AuthType", need.Lines()[0].At().Start.Line)
	case kind.Value() == "" || need.Authz == nil:
		return "stands in no section with AuthType openid-connect and a Require"
	case need.Denied():
		return fmt.Sprintf("is denied by line %d", need.Lines()[0].At().Start.Line)
	case need.Open():
		return "has an AuthType, but its Require asks for no user"
	case !isBrowser(kind.Value()):
		return "has AuthType " + kind.Value()
	}
	return ""
}
