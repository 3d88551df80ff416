package login

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func sameSiteNoneWithoutHTTPS(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "same-site-none-without-https",
		Severity: finding.Error,
		Title:    "SameSite None without https",
		Why: "A cookie with `SameSite=None` has to be Secure, or browsers drop it, and Secure cookies are for https. With an http redirect URI neither the state of a login nor the session is kept: " +
			"each login ends in 400, \"no state cookie found\". None is only needed where the issuer answers by a form (`form_post`).",
		Mend:   "Use https; or write Lax, which is enough for answers in the address.",
		Source: "RFC 6265bis section 5.7 (None requires Secure); mod_auth_openidc, OIDCCookieSameSite from 2.4.16.6 on",
		After:  []string{"redirect-uri-not-https"},
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				c := v.Command("oidccookiesamesite")
				if c == nil || !v.plain() {
					continue
				}
				for n, word := range c.Argv() {
					if strings.EqualFold(word, "None") {
						p.On(c, finding.Finding{
							Message: "browsers drop cookies with SameSite=None that are not Secure, and users come by http here: no login works",
							Hint:    "ServerName https://" + v.publicName() + "\n" + c.Name + " None",
							Fix:     subject.Write(c, n, "Lax"),
						}, v.Vhost)
						break
					}
				}
			}
		},
	}
}

// plain reports whether logins come back by http: the redirect URI says so, or it has
// no scheme and the virtual host says so.
func (v *party) plain() bool {
	return v.URI.Scheme == "http" || v.URI.Scheme == "" && !v.Secure() && strings.HasPrefix(v.Vhost.ServerName(), "http://")
}
