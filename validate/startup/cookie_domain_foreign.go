package startup

import (
	"fmt"
	"net/url"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func cookieDomainForeign() rule.Rule {
	return rule.Rule{
		Slug:     "cookie-domain-foreign",
		Severity: finding.Error,
		Title:    "OIDCCookieDomain is no domain of the redirect URI",
		Why: "The cookie of the login would not come back to the redirect URI. mod_auth_openidc does not start " +
			"httpd then; `httpd -t` says `Syntax OK`.",
		Mend:   "Leave OIDCCookieDomain out: the cookie then belongs to the host alone.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_openid_openidc",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at := v.Command("oidccookiedomain")
				redirect, err := url.Parse(v.Value("oidcredirecturi"))
				if at == nil || err != nil || redirect.Host == "" || provider(v) == nil || withinDomain(redirect.Hostname(), subject.Arg(at, 0)) {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("the redirect URI's host %s is not in the cookie domain %s: httpd passes its test, but does not start", redirect.Hostname(), subject.Arg(at, 0)),
					Hint:    "remove the line",
					Fix:     subject.Drop("remove the line", at),
				}, v)
			}
		},
	}
}
