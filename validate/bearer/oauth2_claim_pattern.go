package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauth2ClaimPattern() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-claim-pattern",
		Severity: finding.Warning,
		Title:    "Require oauth2_claim with an expression holds from liboauth2 1.5.0 on alone",
		Why: "`Require oauth2_claim name~expression` came with liboauth2 1.5.0. Debian 11 and 12 have 1.4, where the line is taken, and never " +
			"holds: every token gets httpd's plain 401 page.",
		Mend:   "A line for each value, `Require oauth2_claim name:value`, inside of `<RequireAny>`.",
		Source: "liboauth2 src/oauth2.c, oauth2_authz_match_claim",
		Check: func(p *rule.Pass) {
			for _, d := range oauth2Doors(p) {
				if decided(d) && !newer(p) {
					reportPattern(p, d)
				}
			}
		},
	}
}

// newer reports whether the platform is known to have a newer liboauth2: its
// mod_auth_openidc is that of a newer distribution.
func newer(p *rule.Pass) bool {
	for _, t := range p.Trees {
		if since, sure := t.Since("2.4.15"); sure && since {
			return true
		}
	}
	return false
}

func reportPattern(p *rule.Pass, d *subject.Door) {
	for _, c := range d.Require().Lines() {
		words := c.Argv()
		if len(words) != 2 || words[0] != "oauth2_claim" || !strings.HasPrefix(words[1][endOfName(words[1]):], "~") {
			continue
		}
		name := words[1][:endOfName(words[1])]
		p.On(c, finding.Finding{
			Message: fmt.Sprintf("an expression for %s never holds before liboauth2 1.5.0 (Debian 12 has 1.4): every token gets 401 there", name),
			Hint:    "Require oauth2_claim " + name + ":VALUE",
		}, d)
	}
}
