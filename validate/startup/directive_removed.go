package startup

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func directiveRemoved() rule.Rule {
	return rule.Rule{
		Slug:     "directive-removed",
		Severity: finding.Error,
		Title:    "a directive that the module no longer has",
		Why: "The version of mod_auth_openidc on the target has dropped the directive, and httpd does not start " +
			"after the update: `Invalid command`.",
		Mend:   "Take it out; where it did something, the release notes of the module name what takes its place.",
		Source: "the directive tables of mod_auth_openidc, by version",
		Check: func(p *rule.Pass) {
			lacking(p, func(d platform.Directive, module string) bool {
				return d.Until != "" && platform.CompareVersions(module, d.Until) > 0
			},
				func(t *subject.Tree, at *httpdconf.Command, d platform.Directive) {
					p.On(at, finding.Finding{
						Message: fmt.Sprintf("mod_auth_openidc had %s up to %s, the target has %s: httpd does not start", at.Name, d.Until, t.Module),
						Hint:    "leave the line out",
					}, t.VhostOf(at))
				})
		},
	}
}
