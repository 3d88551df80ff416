package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func patternOpensEveryProvider() rule.Rule {
	return rule.Rule{
		Slug:     "pattern-opens-every-provider",
		Severity: finding.Warning,
		Title:    "one section opens the paths of all identity providers",
		Why: "An expression such as `identity_providers/.*/protocols/.*/auth` has one set of Require lines for all identity providers, those that are added later included. " +
			"Users of one of them pass httpd on the paths of every other one, and only Keystone's remote ids are left to refuse them; a provider without remote ids takes everybody.",
		Mend:   "One section for each identity provider, with its own `Require claim iss:…`.",
		Source: "Keystone, keystone/federation/utils.py, validate_idp",
		After:  []string{"door-granted", "unknown-auth-type", "authtype-without-require", "require-without-authtype", "issuer-check-void"},
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				if !d.Pattern || d.IdP != "" || d.Kind != subject.Auth && d.Kind != subject.WebSSO || stateOf(d.Require()) != guarded || d.AuthType() == "" {
					continue
				}
				p.On(d.Section, finding.Finding{
					Message: fmt.Sprintf("<%s %s> opens the %ss of all identity providers alike: users of one pass on the path of any other", d.Section.Name, d.Section.RawArgs(), d.Kind),
					Hint:    "<Location " + pathOf(d.Kind, d.Prefix, "NAME", "openid") + ">",
				}, d, d.Section)
			}
		},
	}
}
