package dashboard

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func credentialsChoiceRemoved() rule.Rule {
	return rule.Rule{
		Slug:     "credentials-choice-removed",
		Severity: finding.Warning,
		Title:    "nobody can log in with a password any more",
		Why:      "Horizon asks for a name and a password where `WEBSSO_CHOICES` has `credentials`. Without it the local administrators are locked out of the dashboard, also on the day the issuer is down; and with a single choice left Horizon shows no choice at all, but the form for a password.",
		Mend:     "Keep (\"credentials\", …) among the choices.",
		Source:   "Horizon, openstack_auth/defaults.py, WEBSSO_CHOICES; openstack_auth/views.py, login",
		After:    []string{"websso-choices-flat"},
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			choices, at, known := d.Choices()
			if !known || len(choices) == 0 || slices.ContainsFunc(choices, func(c subject.Choice) bool { return c.Key == credentials }) {
				return
			}
			f := finding.Finding{At: at, Message: "WEBSSO_CHOICES lacks \"credentials\": nobody can log in with a password", Hint: "(\"credentials\", \"Keystone credentials\"),"}
			if len(choices) == 1 {
				f.Message = fmt.Sprintf("WEBSSO_CHOICES has %q alone, and Horizon shows no choice where there is only one", choices[0].Key)
			}
			p.Report(f, "WEBSSO_CHOICES")
		},
	}
}
