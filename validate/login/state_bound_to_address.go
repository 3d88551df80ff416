package login

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func stateBoundToAddress(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "state-bound-to-address",
		Severity: finding.Warning,
		Title:    "a login fails when the client's address changes on the way",
		Why: "The module ties the state of a login to headers of the request that began it. With `x-forwarded-for` or `both`, the default before 2.4.15, that is the client's address as the load balancers tell it. " +
			"Behind several proxies, on mobile networks, with IPv4 and IPv6 side by side, the issuer's answer comes from another one: 400, \"state mismatch\", now and then.",
		Mend:   "`OIDCStateInputHeaders user-agent`, which is the default from 2.4.15 on.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_get_browser_state_hash; ChangeLog 2.4.15",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				c := v.Command("oidcstateinputheaders")
				f := finding.Finding{
					Message: "a login fails when X-Forwarded-For changes between its beginning and the issuer's answer",
					Hint:    "OIDCStateInputHeaders user-agent",
				}
				switch value := strings.ToLower(subject.Arg(c, 0)); {
				case value == "both" || value == "x-forwarded-for":
					f.Fix = subject.Write(c, 0, "user-agent")
					p.On(c, f, v.Vhost)
				case c == nil && v.Tree.Before("2.4.15"):
					f.Severity, f.Fix = finding.Info, subject.InsertBehind(v.Redirect, f.Hint)
					p.On(v.Redirect, f, v.Vhost)
				}
			}
		},
	}
}
