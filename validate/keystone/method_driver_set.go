package keystone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func methodDriverSet() rule.Rule {
	return rule.Rule{
		Slug:     "method-driver-set",
		Severity: finding.Error,
		Title:    "[auth] names a driver that its method does not have",
		Why: "`[auth] METHOD` names the entry point that is loaded below `keystone.auth.METHOD`. For all federated methods there is one, `default`. `openid = mapped`, or the path of a class as in old guides, " +
			"is none: Keystone does not start, or answers 500 to everything.",
		Mend:   "Remove the line.",
		Source: "Keystone, keystone/auth/core.py, load_auth_method; its entry points keystone.auth.*",
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			names, _, _, ok := methods(p.Site)
			has := drivers()
			for _, name := range names {
				driver, at, set := text(p.Site, "auth", name)
				if !ok || !set || driver == "" || has[name] == nil || slices.Contains(has[name], driver) {
					continue
				}
				p.Report(finding.Finding{
					At:      line(at),
					Message: fmt.Sprintf("[auth] %s names the driver %q, but there is only %s: Keystone does not start", name, driver, strings.Join(has[name], ", ")),
					Hint:    "# " + name + " = default",
					Fix:     asComment(at),
				}, option("methods"))
			}
		},
	}
}

// asComment makes a comment of an assignment.
func asComment(v oslo.Value) *finding.Fix {
	if strings.Contains(v.Text, "\n") {
		return nil
	}
	at := v.KeyAt
	at.End = at.Start
	return &finding.Fix{Title: "make a comment of the line", Edits: []finding.Edit{{At: at, Text: "# "}}}
}
