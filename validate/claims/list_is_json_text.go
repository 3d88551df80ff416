package claims

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func listIsJSONText(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "list-is-json-text",
		Severity: finding.Error,
		Title:    "a mapping compares the values of a list, which mod_oauth2 passes as JSON text",
		Why: "mod_oauth2 joins nothing: the claim `[\"staff\", \"users\"]` comes to Keystone as that text, brackets and quotes included, where mod_auth_openidc with `OIDCClaimDelimiter \";\"` passes `staff;users`. " +
			"Keystone splits at `;` and compares the whole: `any_one_of` never holds, `not_any_of` always does, and a whitelist leaves nothing.",
		Mend:   "Compare with an expression that looks for the quoted value: `\"any_one_of\": [\".*\\\"staff\\\".*\"], \"regex\": true`.",
		Source: "liboauth2 src/oauth2.c, oauth2_apache_set_target_infos; keystone/federation/utils.py, RuleProcessor.process",
		After:  []string{"claims-not-passed", "claim-prefix-differs", "mapping-type-never-set"},
		Check: r.each(func(v *view) {
			for _, x := range v.Reads {
				if x.Condition == nil || x.Claim == "aud" || !listed(x.Claim) || x.Condition.Get("regex").IsTrue() {
					continue
				}
				key, at := compared(x.Condition)
				byOAuth2, byOpenIDC := v.setBy(x.Name)
				if at == nil || !byOAuth2 {
					continue
				}
				f := finding.Finding{
					At:      at.At,
					Message: fmt.Sprintf("mod_oauth2 passes %s as JSON text such as [\"a\", \"b\"]: %s compares it as a whole", x.Name, key),
					Hint:    fmt.Sprintf(`"%s": [".*\"%s\".*"], "regex": true`, key, firstText(at)),
				}
				if byOpenIDC {
					f.Severity = finding.Warning
					f.Message += ", so that it holds for logins in the browser alone"
				}
				v.Report(f, names, x.Condition)
			}
		}),
	}
}

// compared gives the list with which a condition compares values; nil for none.
func compared(condition *engine.Node) (key string, at *engine.Node) {
	for _, key := range []string{"any_one_of", "not_any_of", "whitelist", "blacklist"} {
		if at := condition.Get(key); at != nil {
			return key, at
		}
	}
	return "", nil
}

func firstText(n *engine.Node) string {
	for _, item := range n.Items() {
		return item.Text()
	}
	return ""
}

// setBy tells which of the modules set a variable.
func (v *view) setBy(variable string) (byOAuth2, byOpenIDC bool) {
	for _, f := range v.Forms {
		if _, _, ok := f.claim(variable); ok {
			byOAuth2, byOpenIDC = byOAuth2 || f.OAuth2, byOpenIDC || !f.OAuth2
		}
	}
	return byOAuth2, byOpenIDC
}
