package claims

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimIsBoolean(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-is-boolean",
		Severity: finding.Error,
		Title:    "a mapping compares a boolean claim with the word true or false",
		Why: "The module writes a JSON `true` as `1` and a `false` as `0`. `any_one_of: [\"true\"]` therefore never holds for `email_verified` or `phone_number_verified`, " +
			"and `not_any_of: [\"false\"]` always does: it lets in those whom it is meant to keep out.",
		Mend:   "Compare with `\"1\"` or `\"0\"`.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_set_app_infos (json_is_boolean)",
		Check: r.each(func(v *view) {
			for _, x := range v.Reads {
				if x.Condition == nil || !strings.HasSuffix(bare(x.Name), "_verified") {
					continue
				}
				for _, key := range []string{"any_one_of", "not_any_of", "whitelist", "blacklist"} {
					for _, n := range x.Condition.Get(key).Items() {
						if want := digit(n); want != "" && !x.Condition.Get("regex").IsTrue() {
							v.Report(finding.Finding{
								At:      n.At,
								Message: fmt.Sprintf("%s is 1 or 0, never %q: %s", x.Name, n.Text(), never(key)),
								Hint:    fmt.Sprintf("%q: [%q]", key, want),
								Fix:     renamed(n, want),
							}, x.Condition)
						}
					}
				}
			}
		}),
	}
}

// digit gives what a boolean's word is passed as; "" for any other text.
func digit(n *engine.Node) string {
	switch strings.ToLower(n.Text()) {
	case "true", "yes":
		return "1"
	case "false", "no":
		return "0"
	}
	return ""
}

func never(key string) string {
	if key == "not_any_of" {
		return "the condition holds for everybody"
	}
	return "the condition never holds"
}
