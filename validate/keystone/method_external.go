package keystone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func methodExternal() rule.Rule {
	return rule.Rule{
		Slug:     "method-external",
		Severity: finding.Warning,
		Title:    "the method external stands beside a federation",
		Why: "`external` logs in whomever httpd names in REMOTE_USER, and runs beside every other method. mod_auth_openidc sets REMOTE_USER on the federation's paths: where a local user of the default domain has that name, " +
			"the two plugins disagree about who logs in, and that person gets 401; nobody else does. Keystone's documentation asks to disable it.",
		Mend:   "Take `external` out of `[auth] methods`; where nothing is set, write the list without it.",
		Source: "Keystone, keystone/conf/auth.py, methods; keystone/auth/plugins/external.py",
		After:  []string{"method-missing"},
		Check: func(p *rule.Pass) {
			if !federated(p.Site) || len(uses(p.Site)) == 0 {
				return
			}
			names, at, set, ok := methods(p.Site)
			if !ok || !slices.Contains(names, "external") {
				return
			}
			rest := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == "external" })
			f := finding.Finding{
				Message: "[auth] methods is not set, and Keystone's own list has external: a federated user whose name a local user has is refused with 401",
				At:      top(p.Site, "auth"),
				Hint:    "[auth]\nmethods = " + strings.Join(rest, ","),
			}
			if set {
				f.At = line(at)
				f.Message = fmt.Sprintf("[auth] methods has external beside %s: a federated user whose name a local user has is refused with 401", uses(p.Site)[0].protocol)
				f.Hint = "methods = " + strings.Join(rest, ",")
			}
			p.Report(f, option("methods"))
		},
	}
}
