package startup

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func directiveTooNew() rule.Rule {
	return rule.Rule{
		Slug:     "directive-too-new",
		Severity: finding.Error,
		Title:    "a directive that the module has in a newer version only",
		Why: "The version of mod_auth_openidc on the target does not know the directive, and httpd does not start: " +
			"`Invalid command`. The documentation that is found first describes the newest version.",
		Mend:   "Leave it out, or say it in the way of the version at hand.",
		Source: "the directive tables of mod_auth_openidc, by version",
		Check: func(p *rule.Pass) {
			lacking(p, func(d platform.Directive, module string) bool {
				return d.Since != "" && platform.CompareVersions(module, d.Since) < 0
			},
				func(t *subject.Tree, at *httpdconf.Command, d platform.Directive) {
					p.On(at, finding.Finding{
						Message: fmt.Sprintf("%s is known since mod_auth_openidc %s, the target has %s: httpd does not start", at.Name, d.Since, t.Module),
						Hint:    "leave the line out, or update mod_auth_openidc",
					}, t.VhostOf(at))
				})
		},
	}
}
