package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pysettings"
	"github.com/fedstone/fedstone/validate/rule"
)

func webssoChoicesFlat() rule.Rule {
	return rule.Rule{
		Slug:     "websso-choices-flat",
		Severity: finding.Error,
		Title:    "WEBSSO_CHOICES is not a list of pairs",
		Why:      "Horizon takes `WEBSSO_CHOICES` for pairs of a key and a label. A single pair in brackets is not a tuple of pairs unless a comma stands behind it, and a bare text is none either: the login page ends in an error 500 for everybody, also for those with a password.",
		Mend:     "Put each choice in brackets of its own, with a comma behind.",
		Source:   "Horizon, openstack_auth/forms.py, Login; Django, ChoiceField",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			s, ok := d.Conf.Get("WEBSSO_CHOICES")
			if !ok || s.Kind != pysettings.Tuple && s.Kind != pysettings.List {
				return
			}
			for _, part := range s.Parts {
				text, isText := part.Value.(string)
				if part.Kind != pysettings.Scalar || !part.Decided || !isText || len([]rune(text)) == 2 {
					continue
				}
				p.Report(finding.Finding{
					At:      part.At,
					Message: fmt.Sprintf("WEBSSO_CHOICES has the text %q in the place of a pair: the login page ends in 500", text),
					Hint:    "WEBSSO_CHOICES = (\n    (\"credentials\", \"Keystone credentials\"),\n)",
				}, "WEBSSO_CHOICES")
				return
			}
		},
	}
}
