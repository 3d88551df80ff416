package access

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func requireWithoutAuthtype() rule.Rule {
	return rule.Rule{
		Slug:     "require-without-authtype",
		Severity: finding.Error,
		Title:    "Require asks for a login, but no AuthType says which",
		Why: "`Require claim` and `Require valid-user` look at who has logged in. Without an AuthType no module feels responsible " +
			"for the login, and httpd answers every request with 500; its log says that AuthType is not set.",
		Mend:   "Say how to log in: `AuthType oauth20` on the auth path, `AuthType openid-connect` on websso paths and the redirect URI.",
		Source: "server/request.c, ap_process_request_internal; modules/aaa/mod_authn_core.c, authenticate_no_user",
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				if line := needsUser(d); line != nil {
					p.On(line, finding.Finding{
						Message: fmt.Sprintf("the %s %s has no AuthType for this Require: httpd answers every request with 500", d.Kind, d.Path),
						Hint:    "AuthType " + authTypeFor(d),
						Fix:     addAuthType(d),
					}, d, d.Section)
				}
			}
		},
	}
}

// needsUser gives a Require line that needs a login at a door without AuthType; nil
// where there is none, or something else lets requests through or keeps them out.
func needsUser(d *subject.Door) *httpdconf.Command {
	if d.AuthType() != "" {
		return nil
	}
	need := d.Require()
	if len(d.Setting("AuthType").Undecided)+len(need.Undecided) > 0 || need.Denied() || need.Open() {
		return nil
	}
	i := slices.IndexFunc(need.Lines(), func(c *httpdconf.Command) bool {
		return slices.Contains([]string{"claim", "oauth2_claim", "valid-user", "user", "claims_expr"}, subject.Arg(c, 0))
	})
	if i < 0 {
		return nil
	}
	return need.Lines()[i]
}

func authTypeFor(d *subject.Door) string {
	if d.Kind == subject.Auth {
		return "oauth20"
	}
	return "openid-connect"
}

// addAuthType writes the line in front of the first one of the door's section; nil
// where an `AuthType None` stands somewhere and has to go first, or where the kind of
// login is not certain.
func addAuthType(d *subject.Door) *finding.Fix {
	if len(d.Setting("AuthType").Commands) > 0 || d.Kind == subject.Auth && !d.Vhost.ResourceServer() {
		return nil
	}
	for c := range d.Section.Children() {
		return subject.InsertBefore("add the AuthType", c, "AuthType "+authTypeFor(d))
	}
	return nil
}
