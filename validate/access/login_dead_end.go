package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func loginDeadEnd() rule.Rule {
	return rule.Rule{
		Slug:     "login-dead-end",
		Severity: finding.Warning,
		Title:    "a session of another issuer ends in 401",
		Why: "A browser that has logged in at one issuer has a session with the whole virtual host. On the websso path of another identity provider its claim iss does not fit, and httpd answers 401: " +
			"a page without a way on, until the session has run out. With `OIDCUnAutzAction auth` the module sends the browser to log in at the issuer of this path.",
		Mend:   "`OIDCUnAutzAction auth` in the section, with one Require line or one `<RequireAll>`.",
		Source: "src/mod_auth_openidc.c, oidc_authz_check (oidc_handle_unauthorized_user24)",
		After:  []string{"issuer-not-known", "denied-by-mistake"},
		Check: func(p *rule.Pass) {
			several := once(severalIssuers)
			for _, d := range p.Doors() {
				set := d.Setting("OIDCUnAutzAction")
				action := strings.ToLower(set.Value())
				if d.Kind != subject.WebSSO || !d.Browser() || action == "auth" || action == "302" || len(set.Undecided) > 0 {
					continue
				}
				if d.Require().Denied() || !d.Require().MustClaim("iss") || !several(d.Vhost) {
					continue
				}
				at := issuerLine(d)
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("whoever has a session of another issuer gets 401 at the websso path of %s, and no login", whose(d)),
					Hint:    "OIDCUnAutzAction auth",
					Fix:     addUnAutz(d, at, action),
				}, d)
			}
		},
	}
}

func issuerLine(d *subject.Door) *httpdconf.Command {
	if c := d.Require().Line(asksIssuer); c != nil {
		return c
	}
	return d.Section
}

// asksIssuer reports whether the words of a Require line ask for the issuer.
func asksIssuer(words []string) bool {
	if len(words) < 2 || words[0] != "claim" && words[0] != "oauth2_claim" {
		return false
	}
	return slices.ContainsFunc(words[1:], func(spec string) bool {
		return strings.HasPrefix(spec, "iss:") || strings.HasPrefix(spec, "iss~")
	})
}

// addUnAutz writes the directive in front of a line that stands directly in the
// door's section; nil where another action is set.
func addUnAutz(d *subject.Door, at *httpdconf.Command, action string) *finding.Fix {
	if action != "" || at.Parent() != d.Section {
		return nil
	}
	return subject.InsertBefore("send other sessions to log in", at, "OIDCUnAutzAction auth")
}
