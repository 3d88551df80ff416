package dashboard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func initialChoiceUnknown() rule.Rule {
	return rule.Rule{
		Slug:     "initial-choice-unknown",
		Severity: finding.Warning,
		Title:    "the choice that is to be shown first is none of the choices",
		Why:      "`WEBSSO_INITIAL_CHOICE` must be a key of `WEBSSO_CHOICES`. Otherwise the browser shows the first choice, mostly the password, and users type the password of their portal there: into Keystone's form.",
		Mend:     "Name one of the keys.",
		Source:   "Horizon, openstack_auth/forms.py, Login",
		After:    []string{"websso-choices-flat"},
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			choices, _, known := d.Choices()
			first, at, sure := d.Text("WEBSSO_INITIAL_CHOICE")
			if !known || !sure || first == "" || slices.ContainsFunc(choices, func(c subject.Choice) bool { return c.Key == first }) {
				return
			}
			keys := []string{}
			for _, c := range choices {
				keys = append(keys, c.Key)
			}
			f := finding.Finding{At: at, Message: fmt.Sprintf("WEBSSO_INITIAL_CHOICE is %q, which is none of the choices: %s", first, strings.Join(keys, ", ")), Hint: fmt.Sprintf("WEBSSO_INITIAL_CHOICE = %q", likely(first, keys, credentials))}
			if near := finding.Nearest(first, keys); near != "" {
				f.Fix = replaced(at, fmt.Sprintf("%q", near), "name the choice "+near)
			}
			p.Report(f, "WEBSSO_INITIAL_CHOICE")
		},
	}
}
