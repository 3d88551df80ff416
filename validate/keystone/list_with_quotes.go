package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func listWithQuotes() rule.Rule {
	return rule.Rule{
		Slug:     "list-with-quotes",
		Severity: finding.Error,
		Title:    "quotes or brackets become parts of the methods",
		Why: "oslo.config takes quotes off around a whole value, never around the items of a list: `\"password\",\"openid\"` are the methods `password\"` and `\"openid`, and `['password']` is one with brackets. " +
			"Keystone has no such methods and does not start.",
		Mend:   "Write the names with commas between them, and nothing else.",
		Source: "oslo.config, oslo_config/types.py, List; oslo_config/iniparser.py",
		After:  []string{"value-with-comment", "value-swallows-a-line"},
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			value, v, ok := text(p.Site, "auth", "methods")
			if !ok || !strings.ContainsAny(firstLine(value), "\"'[]") || strings.Contains(value, "#") {
				return
			}
			names := oslo.AsList(strings.NewReplacer(`"`, "", "'", "", "[", "", "]", "").Replace(value))
			f := finding.Finding{
				At:      line(v),
				Message: fmt.Sprintf("[auth] methods has quotes or brackets, which become parts of the names: %s", firstLine(value)),
				Hint:    "methods = " + strings.Join(names, ","),
			}
			if !strings.Contains(value, "\n") {
				f.Fix = replace(v, strings.Join(names, ","), "write the names alone")
			}
			p.Report(f, option("methods"))
		},
	}
}
