package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func cookieDomainWide(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "cookie-domain-wide",
		Severity: finding.Warning,
		Title:    "the session's cookie goes to every host of a domain",
		Why: "With OIDCCookieDomain the browser sends the session's cookie to all hosts below that domain, whoever runs them, and whoever runs one can log in to Keystone with it. " +
			"Keystone's login needs it on one host only, the one of the redirect URI, which is the default.",
		Mend:   "Remove the line, and use one public name for Keystone.",
		Source: "mod_auth_openidc, OIDCCookieDomain; RFC 6265 section 5.1.3",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				c := v.Command("oidccookiedomain")
				domain := strings.ToLower(strings.TrimPrefix(subject.Arg(c, 0), "."))
				if c == nil || domain == "" || !strings.HasSuffix(strings.ToLower(v.URI.Hostname()), "."+domain) {
					continue
				}
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("the session's cookie goes to every host of %s, not to %s alone", domain, v.URI.Hostname()),
					Hint:    "remove the line: without it the cookie is for " + v.URI.Hostname(),
				}, v.Vhost)
			}
		},
	}
}
