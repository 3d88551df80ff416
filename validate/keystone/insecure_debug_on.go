package keystone

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func insecureDebugOn() rule.Rule {
	return rule.Rule{
		Slug:     "insecure-debug-on",
		Severity: finding.Warning,
		Title:    "Keystone tells everybody why it refuses",
		Why: "With `insecure_debug` the bodies of 401, 403 and 500 say the reason, which Keystone else only logs: names of users and methods, of variables, and parts of exceptions. It is a help while a federation is set up, " +
			"and a gift to whoever tries one door after the other.",
		Mend:   "Set it to false and restart Keystone; the reasons are in its log.",
		Source: "Keystone, keystone/exception.py, SecurityError; keystone/conf/default.py",
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			value, v, ok := text(p.Site, "DEFAULT", "insecure_debug")
			if on, valid := oslo.AsBool(value); !ok || !valid || !on {
				return
			}
			f := finding.Finding{At: line(v), Message: "insecure_debug is on: answers 401, 403 and 500 give the reasons away that Keystone keeps for its log", Hint: "insecure_debug = false"}
			if bare(p.Site, v) {
				f.Fix = replace(v, "false", "switch it off")
			}
			p.Report(f)
		},
	}
}
