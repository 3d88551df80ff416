package claims

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimsNotPassed(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claims-not-passed",
		Severity: finding.Error,
		Title:    "claims are not passed to Keystone at all",
		Why: "With `OIDCPassClaimsAs none` the module checks the login and keeps the claims to itself, but for REMOTE_USER. Keystone finds neither the issuer nor what its mappings look for: 401. " +
			"The setting is meant for applications that ask the module for claims by other means.",
		Mend:   "`OIDCPassClaimsAs environment`, or leave the line out.",
		Source: "mod_auth_openidc, src/config.c, OIDCPassClaimsAs; keystone/federation/utils.py, get_assertion_params_from_env",
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				if f.PassAs != "none" || len(v.readsFor(f)) == 0 && (v.Keystone != nil || len(v.Mappings) > 0) {
					continue
				}
				v.On(f.passAt(), finding.Finding{
					Message: fmt.Sprintf("%s passes no claims to Keystone, which then knows nothing of who logs in: 401", f.module()),
					Hint:    f.passLine("environment"),
					Fix:     f.passFix("environment"),
				}, append(f.Doors, f.Vhost, names)...)
			}
		}),
	}
}

// passLine is the directive that passes claims in another way.
func (f *form) passLine(way string) string {
	if f.OAuth2 {
		return "OAuth2TargetPass prefix=" + f.Prefix
	}
	return "OIDCPassClaimsAs " + way
}

func (f *form) passFix(way string) *finding.Fix {
	if f.OAuth2 || f.PassAt == nil {
		return nil
	}
	return replaced(f.PassAt, 0, way)
}
