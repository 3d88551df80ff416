package access

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func claimCheckVoid() rule.Rule {
	return rule.Rule{
		Slug:     "claim-check-void",
		Severity: finding.Error,
		Title:    "a claim is asked for beside Require valid-user, which is enough",
		Why: "Several Require lines in one section are alternatives, as in `<RequireAny>`. `Require valid-user` holds for whoever has logged in, so that a " +
			"`Require claim` beside it decides nothing: tokens that were made for another service, or another client, pass as well.",
		Mend:   "Take `Require valid-user` away: a claim needs a login, too. Or put all lines into `<RequireAll>`.",
		Source: "modules/aaa/mod_authz_core.c, create_authz_core_dir_config (AUTHZ_LOGIC_OR)",
		After:  []string{"issuer-check-void", "door-granted", "auth-merging-opens", "require-for-some-methods"},
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				need := d.Require()
				if need.Authz == nil || len(need.Undecided) > 0 || need.Open() {
					continue
				}
				if line, enough := voidClaim(need.Authz); line != nil && locationOf(line) == d.Section {
					p.On(line, finding.Finding{
						Message: fmt.Sprintf("`%s` decides nothing for the %s %s: `%s` is enough", written(line), d.Kind, d.Path, written(enough)),
						Hint:    all(d),
						Related: []finding.Related{{Message: "this line is enough", At: enough.At()}},
						Fix:     subject.Drop("take `Require valid-user` away", enough),
					}, d, d.Section)
				}
			}
		},
	}
}

// voidClaim looks for alternatives of which one is a claim and one is valid-user.
func voidClaim(a *effective.Authz) (line, enough *httpdconf.Command) {
	if a.Op == effective.Any {
		claim := slices.IndexFunc(a.Parts, func(p *effective.Authz) bool {
			return p.Op == effective.One && len(claimsIn(p.Command)) > 0 && !aboutClaim(p.Command, "iss")
		})
		user := slices.IndexFunc(a.Parts, func(p *effective.Authz) bool { return p.Op == effective.One && validUser(p.Command) })
		if claim >= 0 && user >= 0 && len(a.Parts[user].Limits) == 0 {
			return a.Parts[claim].Command, a.Parts[user].Command
		}
	}
	for _, p := range a.Parts {
		if line, enough = voidClaim(p); line != nil {
			return line, enough
		}
	}
	return nil, nil
}
