package keystone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func optionMisspelt() rule.Rule {
	return rule.Rule{
		Slug:     "option-misspelt",
		Severity: finding.Warning,
		Title:    "an option that no release of Keystone has",
		Why: "oslo.config passes over what no service asks for, without a word. It compares names letter by letter: `trusted-dashboard` and `Trusted_Dashboard` are not `trusted_dashboard`. " +
			"The option that was meant keeps its default, which for a federation is mostly \"refuse\" or \"do not compare\".",
		Mend:   "Write the option's name as Keystone has it.",
		Source: "oslo.config, oslo_config/cfg.py, _Namespace; Keystone, keystone/conf/federation.py and auth.py",
		Check: func(p *rule.Pass) {
			each(p, func(s oslo.Section, v oslo.Value) (finding.Finding, []any, bool) {
				known := takes(p.Site, s.Name)
				if known == nil || slices.Contains(known, v.Key) || homes[v.Key] != "" {
					return finding.Finding{}, nil, false
				}
				f := finding.Finding{At: v.KeyAt, Message: fmt.Sprintf("[%s] has no option %s: the line has no effect", strings.TrimSpace(s.Name), v.Key)}
				meant := almost(v.Key, known)
				if meant == "" {
					return f, nil, !oslo.Same(s.Name, "auth")
				}
				f.Message = fmt.Sprintf("[%s] has no option %s, but %s: the line has no effect", strings.TrimSpace(s.Name), v.Key, meant)
				f.Hint, f.Fix = meant+" = "+firstLine(v.Text), rename(v, meant)
				return f, shared(meant), true
			})
		},
	}
}
