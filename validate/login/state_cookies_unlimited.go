package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// tooManyCookies fill the 8190 bytes that httpd takes in one header: a state's cookie
// has some 400.
const tooManyCookies = 20

func stateCookiesUnlimited(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "state-cookies-unlimited",
		Severity: finding.Warning,
		Title:    "open logins may fill the browser's cookies",
		Why: "Each login that was begun and not ended leaves a cookie of some 400 bytes for five minutes. Without a limit a page that reloads, or a program that asks the websso path again and again, collects them until the Cookie header is longer than httpd takes (8190 bytes): " +
			"from then on that browser gets 400 for everything on this host, Horizon included, until the cookies are gone.",
		Mend:   "`OIDCStateMaxNumberOfCookies 7 true`: seven, and the oldest gives way.",
		Source: "mod_auth_openidc, OIDCStateMaxNumberOfCookies; httpd, LimitRequestFieldSize",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				most, _, c := v.stateCookies()
				if c == nil || most > 0 && most <= tooManyCookies {
					continue
				}
				what := fmt.Sprintf("%d open logins are", most)
				if most == 0 {
					what = "any number of open logins is"
				}
				var fix *finding.Fix
				if len(c.Argv()) == 1 {
					fix = subject.Write(c, 0, "7 true")
				}
				p.On(c, finding.Finding{
					Message: what + " kept in cookies of some 400 bytes: the header grows longer than httpd takes, and the browser gets 400 for everything",
					Hint:    "OIDCStateMaxNumberOfCookies 7 true",
					Fix:     fix,
				}, v.Vhost)
			}
		},
	}
}
