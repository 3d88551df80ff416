package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func optionInWrongSection() rule.Rule {
	return rule.Rule{
		Slug:     "option-in-wrong-section",
		Severity: finding.Warning,
		Title:    "an option stands in a section where nobody looks for it",
		Why: "Keystone asks for an option in its own section alone, and passes over it anywhere else without a word. It happens when a line is added at the end of the file, or to the section of the protocol: " +
			"`trusted_dashboard` belongs to `[federation]`, `methods` to `[auth]`, `insecure_debug` to `[DEFAULT]`.",
		Mend:   "Move the line.",
		Source: "oslo.config, oslo_config/cfg.py; Keystone, keystone/conf/",
		After:  []string{"section-misspelt"},
		Check: func(p *rule.Pass) {
			each(p, func(s oslo.Section, v oslo.Value) (finding.Finding, []any, bool) {
				home := homes[v.Key]
				if home == "" || oslo.Same(s.Name, home) || foreign(s.Name, v.Key) {
					return finding.Finding{}, nil, false
				}
				return finding.Finding{
					At:      line(v),
					Message: fmt.Sprintf("%s stands in [%s], but belongs to [%s]: it has no effect here", v.Key, strings.TrimSpace(s.Name), home),
					Hint:    fmt.Sprintf("[%s]\n%s = %s", home, v.Key, firstLine(v.Text)),
				}, append(shared(v.Key), s.At), true
			})
		},
	}
}

// foreign reports a section that Keystone does not read, or one of another option of
// that name.
func foreign(section, key string) bool {
	if oslo.Same(section, "DEFAULT") {
		return false
	}
	for _, name := range sections {
		if oslo.Same(section, name) {
			return key == "methods" && name == "cors"
		}
	}
	return true
}
