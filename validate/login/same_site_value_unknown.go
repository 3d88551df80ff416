package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func sameSiteValueUnknown() rule.Rule {
	return rule.Rule{
		Slug:     "same-site-value-unknown",
		Severity: finding.Error,
		Title:    "the module does not know this value of OIDCCookieSameSite",
		Why: "Strict, Lax, None and Disabled are known from mod_auth_openidc 2.4.16.6 on; older versions take On and Off only. httpd refuses the whole configuration for such a line: it does not start, and a reload leaves the old configuration running. " +
			"On means Lax, Off means `SameSite=None` where users come by https.",
		Mend:   "On or Off; Off is the default before 2.4.15.",
		Source: "mod_auth_openidc, OIDCCookieSameSite; ChangeLog 2.4.16.6",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range t.Commands("oidccookiesamesite") {
					named := t.Before("2.4.16.6") && sameSiteNamed(c)
					if !named {
						continue
					}
					f := finding.Finding{
						Message: fmt.Sprintf("mod_auth_openidc %s does not know the value %s: httpd does not start", t.Module, subject.Arg(c, 0)),
						Hint:    c.Name + " On",
					}
					if strings.EqualFold(subject.Arg(c, 0), "None") {
						f.Hint, f.Fix = c.Name+" Off", subject.Write(c, 0, "Off")
					}
					p.On(c, f)
				}
			}
		},
	}
}

// sameSiteNamed reports whether a value is one of those that came with 2.4.16.6.
func sameSiteNamed(c *httpdconf.Command) bool {
	switch strings.ToLower(subject.Arg(c, 0)) {
	case "strict", "lax", "none", "disabled":
		return true
	}
	return false
}
