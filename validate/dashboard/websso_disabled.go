package dashboard

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func webssoDisabled() rule.Rule {
	return rule.Rule{
		Slug:     "websso-disabled",
		Severity: finding.Error,
		Title:    "the dashboard offers no login by the identity providers",
		Why:      "Horizon shows a choice only where `WEBSSO_ENABLED` is True, which it is not unless somebody says so. What is written in `WEBSSO_CHOICES` is not looked at then, and Horizon does not take the token that Keystone sends: /auth/websso/ is 404.",
		Mend:     "Set it to True, or take the choices out.",
		Source:   "Horizon, openstack_auth/forms.py, Login; openstack_auth/urls.py",
		Check: func(p *rule.Pass) {
			if p.Dashboard == nil {
				return
			}
			enabled, known, at := p.Dashboard.On("WEBSSO_ENABLED", false)
			choices, where, _ := p.Dashboard.Choices()
			if enabled || !known || len(choices) == 0 {
				return
			}
			f := finding.Finding{Message: "WEBSSO_ENABLED is not set, so that the choices here are not shown", At: place(p.Dashboard, where), Hint: "WEBSSO_ENABLED = True"}
			if at.Path != "" {
				f.At, f.Message = at, "WEBSSO_ENABLED is off, so that WEBSSO_CHOICES is not shown"
				f.Fix = replaced(at, "True", "switch it on")
			}
			p.Report(f)
		},
	}
}
