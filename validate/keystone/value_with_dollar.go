package keystone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func valueWithDollar() rule.Rule {
	return rule.Rule{
		Slug:     "value-with-dollar",
		Severity: finding.Warning,
		Title:    "a dollar sign makes a value refer to another option",
		Why: "oslo.config replaces `$name` by the option of that name. Where Keystone has none, reading the value raises an exception: with a password in `[database] connection` every request ends in 500, " +
			"and a variable of a template that nobody filled in does the same to a federation's option. `$$` is a dollar sign.",
		Mend:   "Write `$$` for a dollar sign, or the value itself for a variable.",
		Source: "oslo.config, oslo_config/cfg.py, ConfigOpts._substitute",
		Check: func(p *rule.Pass) {
			each(p, func(s oslo.Section, v oslo.Value) (finding.Finding, []any, bool) {
				secret := oslo.Same(s.Name, "database") && v.Key == "connection"
				if !secret && !ours(s.Name, v.Key) || len(oslo.References(v.Text)) == 0 || refersTo(p, v) {
					return finding.Finding{}, nil, false
				}
				return finding.Finding{At: v.KeyAt, Message: fmt.Sprintf("%s refers to an option that Keystone does not have: reading it fails", v.Key), Hint: "# write the value itself; $$ is a dollar sign"}, shared(v.Key), true
			})
		},
	}
}

// referable are options of [DEFAULT] that every Keystone has.
var referable = []string{"debug", "log_dir", "log_file", "public_endpoint", "max_param_size", "max_token_size", "list_limit", "instance_format", "log_date_format", "use_syslog", "use_stderr"}

// refersTo reports whether Keystone has all the options that a value refers to.
func refersTo(p *rule.Pass, v oslo.Value) bool {
	for _, name := range oslo.References(v.Text) {
		section, key, dotted := strings.Cut(name, ".")
		if !dotted {
			section, key = v.Section, name
		}
		if !slices.Contains(referable, key) && !slices.Contains(takes(p.Site, section), key) {
			return false
		}
	}
	return true
}
