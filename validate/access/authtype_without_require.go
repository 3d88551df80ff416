package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func authtypeWithoutRequire() rule.Rule {
	return rule.Rule{
		Slug:     "authtype-without-require",
		Severity: finding.Error,
		Title:    "AuthType stands without any Require",
		Why: "httpd asks for no login where nothing is required: AuthType alone does nothing (mod_authz_core). Whoever calls the " +
			"path reaches Keystone without a token, with whatever claims he sends as headers.",
		Mend:   "Require what the token must say: issuer, audience and client on the auth path, the issuer on the websso path.",
		Source: "modules/aaa/mod_authz_core.c, authorize_user",
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				what := nothingRequired(d)
				if what == "" || d.AuthType() == "" {
					continue
				}
				p.On(d.Setting("AuthType").Commands[0], finding.Finding{
					Message: fmt.Sprintf("the %s %s has an AuthType but no Require: %s", d.Kind, d.Path, what),
					Hint:    hint(d),
				}, d, d.Section)
			}
		},
	}
}

// nothingRequired says what becomes of requests to a door that requires nothing of
// its own; "" where it does.
func nothingRequired(d *subject.Door) string {
	need := d.Require()
	switch {
	case len(need.Undecided) > 0:
	case need.Authz == nil:
		return "everybody passes without a login"
	case need.Denied() && len(ownLines(d.Section)) == 0:
		return fmt.Sprintf("the `Require all denied` of line %d holds, everybody gets 403", need.Lines()[0].At().Start.Line)
	}
	return ""
}
