package claims

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func mappingTypeNeverSet(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "mapping-type-never-set",
		Severity: finding.Error,
		Title:    "a mapping rule looks for a variable that httpd never sets",
		Why: "A rule holds only if every `type` of its `remote` is there. Names are compared byte by byte: the module passes a claim as the issuer spells it, behind the prefix (`OIDC-groups`), and as a header in capitals (`HTTP_OIDC_GROUPS`). " +
			"A rule with another prefix or another case never holds, and Keystone says no more than that no rule fits.",
		Mend:   "Write the name as it arrives; `fedstone map` shows what arrives of a token.",
		Source: "keystone/federation/utils.py, RuleProcessor._verify_all_requirements; mod_auth_openidc, src/util.c, oidc_util_set_app_info",
		After:  []string{"claims-not-passed", "claim-prefix-empty", "claim-prefix-differs", "claims-in-other-form", "claims-lost-in-proxy", "mapping-type-header-dropped"},
		Check: r.each(func(v *view) {
			for _, x := range v.Reads {
				if x.Condition == nil || !v.Whole || x.Set || x.Dropped != "" {
					continue
				}
				f := finding.Finding{At: x.At, Message: fmt.Sprintf("httpd never sets %s: the rule never holds", x.Name)}
				if right := v.Forms[0].variable(x.Claim); right != "" && right != x.Name {
					f.Message = fmt.Sprintf("httpd never sets %s, the claim %s comes as %s: the rule never holds", x.Name, x.Claim, right)
					f.Hint = fmt.Sprintf("%q: %q", "type", right)
					if v.of(x.Claim) != "" {
						f.Fix = renamed(x.Condition.Get("type"), right)
					}
				}
				v.Report(f, names, x.Condition)
			}
		}),
	}
}

// set reports whether one of the forms sets a variable. A common claim of another case
// is one that no issuer sends.
func (v *view) set(name string) bool {
	for _, f := range v.Forms {
		claim, header, ok := f.claim(name)
		switch {
		case !ok:
		case header:
			if name == strings.ToUpper(name) {
				return true
			}
		case v.of(claim) == "" || v.of(claim) == claim:
			return true
		}
	}
	return false
}
