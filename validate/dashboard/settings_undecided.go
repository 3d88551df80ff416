package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func settingsUndecided() rule.Rule {
	return rule.Rule{
		Slug:     "settings-undecided",
		Severity: finding.Info,
		Title:    "only Horizon itself can tell a setting",
		Why:      "validate reads Python without running it. What comes out of a function call, the environment or another file cannot be told, and the rules about that setting say nothing.",
		Mend:     "Check the setting by hand, or write it as it is.",
		Source:   "Python, the language reference",
		Check: func(p *rule.Pass) {
			if p.Dashboard == nil {
				return
			}
			for _, s := range p.Dashboard.Undecided() {
				p.Report(finding.Finding{At: place(p.Dashboard, s.NameAt), Message: fmt.Sprintf("%s cannot be told without running the file: %s", s.Name, s.Why)}, s.Name)
			}
		},
	}
}
