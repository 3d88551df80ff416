package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func stateCookiesFull(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "state-cookies-full",
		Severity: finding.Info,
		Title:    "open logins lock a browser out",
		Why: "Each login that was begun and not ended leaves a cookie for five minutes (OIDCStateTimeout). At the limit, seven by default, the module answers 503 to the next one instead of forgetting the oldest: " +
			"somebody who went back and tried again a few times waits for five minutes.",
		Mend:   "`OIDCStateMaxNumberOfCookies 7 true`: the oldest gives way.",
		Source: "mod_auth_openidc, oidc_authorization_request_set_cookie",
		After:  []string{"state-cookies-unlimited"},
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				most, oldestGoes, c := v.stateCookies()
				if oldestGoes || most == 0 || most > tooManyCookies {
					continue
				}
				f := finding.Finding{
					Message: fmt.Sprintf("a browser with %d open logins gets 503 for the next one", most),
					Hint:    fmt.Sprintf("OIDCStateMaxNumberOfCookies %d true", most),
				}
				at := c
				if c == nil {
					at, f.Fix = v.Redirect, subject.InsertBehind(v.Redirect, f.Hint)
				}
				p.On(at, f, v.Vhost)
			}
		},
	}
}
