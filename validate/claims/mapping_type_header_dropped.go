package claims

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func mappingTypeHeaderDropped(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "mapping-type-header-dropped",
		Severity: finding.Error,
		Title:    "a mapping rule looks for the header of a claim with an underscore",
		Why: "httpd hands programs only headers of letters, digits and dashes. The claim `preferred_username` makes the header `OIDC-preferred_username`, which is dropped: " +
			"`HTTP_OIDC_PREFERRED_USERNAME` is never there, although `HTTP_OIDC_SUB` and `HTTP_OIDC_EMAIL` are. The same holds for `given_name`, `email_verified`, `eduperson_…`, and names with a dot. The rule never holds.",
		Mend:   "Name the environment's variable, `OIDC-preferred_username`, which `OIDCPassClaimsAs` `both` or `environment` sets.",
		Source: "httpd, server/util_script.c, http2env (since 2.4: names with other characters are not passed on)",
		After:  []string{"claims-not-passed", "claim-prefix-empty", "claim-prefix-differs", "claims-in-other-form", "claims-lost-in-proxy"},
		Check: r.each(func(v *view) {
			for _, x := range v.Reads {
				claim := x.Dropped
				if x.Condition == nil || claim == "" || !v.Whole {
					continue
				}
				f := finding.Finding{
					At:      x.At,
					Message: fmt.Sprintf("%s is never there: httpd drops the header of the claim %s, because of the %q in its name", x.Name, claim, strings.Trim(claim, letters)[:1]),
					Hint:    "OIDCPassClaimsAs both",
				}
				if right := v.Forms[0].variable(claim); right != "" {
					f.Hint, f.Fix = fmt.Sprintf("%q: %q", "type", right), renamed(x.Condition.Get("type"), right)
				}
				v.Report(f, names, x.Condition)
			}
		}),
	}
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

// dropped gives the common claim whose header a variable would be, if httpd drops it;
// "" for any other variable.
func (v *view) dropped(variable string) string {
	for _, f := range v.Forms {
		name, header, ok := f.claim(variable)
		if known := v.of(name); ok && header && !f.Proxied && known != "" && !headerSafe(known) {
			return known
		}
	}
	return ""
}
