package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func optionSetTwice() rule.Rule {
	return rule.Rule{
		Slug:     "option-set-twice",
		Severity: finding.Warning,
		Title:    "a file sets an option twice, and the first line is void",
		Why: "Of an option with one value the last assignment counts, also where a section stands twice in a file. The first one looks as if it were in force: " +
			"who adds a method or a variable there changes nothing. (`trusted_dashboard` may be repeated, and a file of keystone.conf.d may change what keystone.conf says.)",
		Mend:   "Keep one of the lines.",
		Source: "oslo.config, oslo_config/cfg.py, _Namespace",
		Check: func(p *rule.Pass) {
			type place struct{ path, section, key string }
			first := map[place]oslo.Value{}
			each(p, func(s oslo.Section, v oslo.Value) (finding.Finding, []any, bool) {
				at := place{v.KeyAt.Path, s.Name, v.Key}
				before, twice := first[at]
				first[at] = v
				if !twice || !ours(s.Name, v.Key) || v.Key == "trusted_dashboard" || before.Text == v.Text {
					return finding.Finding{}, nil, false
				}
				return finding.Finding{
					At:      line(before),
					Message: fmt.Sprintf("%s = %s has no effect: the same file sets it to %s further down", v.Key, firstLine(before.Text), firstLine(v.Text)),
					Hint:    "# keep one of the two lines of " + v.Key,
					Related: []finding.Related{{Message: "this line counts", At: line(v)}},
				}, shared(v.Key), true
			})
		},
	}
}
