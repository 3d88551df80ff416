package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func unauthActionByExpression(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "unauth-action-by-expression",
		Severity: finding.Warning,
		Title:    "OIDCUnAuthAction auth with an expression keeps nobody from the redirect",
		Why: "The expression says when the action is taken; where it is false, the module does what it does by default, which is `auth` as well. So everybody is sent to the issuer, and more than without the line: " +
			"with an expression the module no longer answers 401 to scripts by itself (X-Requested-With, an Accept without HTML).",
		Mend:   "Say whom to refuse: `OIDCUnAuthAction 401 \"%{HTTP_ACCEPT} !~ m#text/html#\"`.",
		Source: "mod_auth_openidc, src/config.c, oidc_dir_cfg_unauth_action; src/mod_auth_openidc.c, oidc_handle_unauthenticated_user",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if len(v.Tree.Commands("oidcunauthaction")) == 0 {
					continue
				}
				for _, d := range v.Logins {
					at, action, expression, sure := unauth(d)
					if action != "auth" || expression == "" || !sure {
						continue
					}
					f := finding.Finding{
						Message: fmt.Sprintf("`auth` where %q holds, and `auth` where it does not: programs get 302, too", expression),
						Hint:    `OIDCUnAuthAction 401 "%{HTTP_ACCEPT} !~ m#text/html#"`,
					}
					if html.MatchString(expression) {
						f.Hint = `OIDCUnAuthAction 401 "` + strings.Replace(expression, "=~", "!~", 1) + `"`
						f.Fix = refused(at, expression)
					}
					p.On(at, f, d)
				}
			}
		},
	}
}

// refused is a fix that answers 401 to whom the expression does not name.
func refused(c *httpdconf.Command, expression string) *finding.Fix {
	action, fix := subject.Write(c, 0, "401"), turnedRound(c, expression)
	if action == nil || fix == nil {
		return nil
	}
	fix.Title = "answer 401 to all others"
	fix.Edits = append(action.Edits, fix.Edits...)
	return fix
}
