package claims

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimIsBoolean(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-is-boolean",
		Severity: finding.Error,
		Title:    "a mapping compares a boolean claim with a word that the module does not pass",
		Why: "mod_auth_openidc writes a JSON `true` as `1` and a `false` as `0`, mod_oauth2 passes the words. `any_one_of: [\"true\"]` therefore never holds for `email_verified` or `phone_number_verified`, " +
			"and `not_any_of: [\"false\"]` always does: it lets in those whom it is meant to keep out.",
		Mend:   "Compare with `\"1\"` or `\"0\"`; with mod_oauth2 with `\"true\"` or `\"false\"`.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_set_app_infos (json_is_boolean)",
		Check: r.each(func(v *view) {
			for _, x := range v.Reads {
				if x.Condition == nil || !strings.HasSuffix(x.Claim, "_verified") {
					continue
				}
				byOAuth2, byOpenIDC := v.setBy(x.Name)
				key, values := compared(x.Condition)
				for _, n := range values.Items() {
					want := passed(n.Text(), byOAuth2)
					if byOAuth2 == byOpenIDC || want == "" || want == n.Text() || x.Condition.Get("regex").IsTrue() {
						continue
					}
					v.Report(finding.Finding{
						At:      n.At,
						Message: fmt.Sprintf("%s is %s, never %q: %s", x.Name, spellings(byOAuth2), n.Text(), never(key)),
						Hint:    fmt.Sprintf("%q: [%q]", key, want),
						Fix:     renamed(n, want),
					}, x.Condition)
				}
			}
		}),
	}
}

// passed gives how a boolean that is written in some way comes to Keystone; "" for
// any other text.
func passed(text string, byOAuth2 bool) string {
	switch strings.ToLower(text) {
	case "true", "yes", "1":
		return map[bool]string{false: "1", true: "true"}[byOAuth2]
	case "false", "no", "0":
		return map[bool]string{false: "0", true: "false"}[byOAuth2]
	}
	return ""
}

// spellings are the texts that a boolean comes as.
func spellings(byOAuth2 bool) string {
	if byOAuth2 {
		return "true or false"
	}
	return "1 or 0"
}

func never(key string) string {
	if key == "not_any_of" {
		return "the condition holds for everybody"
	}
	return "the condition never holds"
}
