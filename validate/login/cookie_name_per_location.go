package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func cookieNamePerLocation(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "cookie-name-per-location",
		Severity: finding.Error,
		Title:    "the session's cookie has another name at the redirect URI",
		Why: "The session is made at the redirect URI, and its cookie gets the name that OIDCCookie has there. A Location that looks for another name never finds a session: the browser goes to the issuer and back without end. " +
			"It is meant to keep the sessions of identity providers apart, which this directive cannot do with one redirect URI.",
		Mend:   "Set OIDCCookie once, in the virtual host. What keeps the issuers apart is `Require claim iss:ISSUER` with `OIDCUnAutzAction auth`.",
		Source: "mod_auth_openidc, src/session.c, oidc_session_load",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if len(v.Tree.Commands("oidccookie")) == 0 {
					continue
				}
				back := v.Context(v.path()).Setting("OIDCCookie")
				for _, d := range v.Logins {
					here := d.Setting("OIDCCookie")
					if cookieName(here.Value()) == cookieName(back.Value()) || len(here.Undecided)+len(back.Undecided) > 0 {
						continue
					}
					at := append(append([]*httpdconf.Command{}, here.Commands...), back.Commands...)[0]
					p.On(at, finding.Finding{
						Message: fmt.Sprintf("the session's cookie is called %s at %s, but %s at the redirect URI: logins go round in circles", cookieName(here.Value()), d.Path, cookieName(back.Value())),
						Hint:    "remove this line, or write it once in the virtual host: OIDCCookie " + subject.Arg(at, 0),
					}, d)
				}
			}
		},
	}
}

func cookieName(value string) string {
	if value == "" {
		return "mod_auth_openidc_session"
	}
	return value
}
