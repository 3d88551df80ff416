package startup

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/validate/rule"
)

func unknownDirective() rule.Rule {
	return rule.Rule{
		Slug:     "unknown-directive",
		Severity: finding.Error,
		Title:    "a directive that no loaded module has",
		Why: "httpd stops at the first directive that it does not know, and so does `httpd -t`. It is misspelt, or " +
			"the module that brings it is not loaded.",
		Mend:   "Mend its name, or load the module (on Debian `a2enmod`).",
		Source: "server/config.c, ap_walk_config_sub",
		Check: func(p *rule.Pass) {
			for _, one := range problems(p, walkcheck.UnknownDirective) {
				if _, elsewhere := otherVersion(one.Command.Name); !elsewhere {
					unknown(p, one.Command, one.Near, one.Modules)
				}
			}
			for _, t := range p.Trees {
				for _, at := range strangers(t) {
					unknown(p, at, meant(at.Name), nil)
				}
			}
		},
	}
}

func unknown(p *rule.Pass, at *httpdconf.Command, near string, modules []string) {
	p.On(at, finding.Finding{
		Message: fmt.Sprintf("no module that is loaded has the directive %s: httpd does not start", httpdconf.ShownName(at.Name)),
		Hint:    unknownHint(near, modules),
		Fix:     spelling(at, near),
	})
}
