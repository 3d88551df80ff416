package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func requireClaimOfTheOtherModule() rule.Rule {
	return rule.Rule{
		Slug:     "require-claim-of-the-other-module",
		Severity: finding.Error,
		Title:    "Require asks a module for claims that another one has read",
		Why: "`Require claim` looks at the claims that mod_auth_openidc has read, `Require oauth2_claim` at those of mod_oauth2. Each of them " +
			"knows nothing of the other's tokens: every token that was verified well gets httpd's plain 401 page, `authorization failure` in " +
			"the log.",
		Mend: "`Require oauth2_claim` where mod_oauth2 verifies (`AuthType oauth2`, or `auth-openidc` where it is loaded), `Require claim` " +
			"under `AuthType oauth20`.",
		Source: "mod_oauth2 src/mod_oauth2.c, oauth2_authz_checker; mod_auth_openidc src/authz.c",
		After:  []string{"require-provider-not-loaded"},
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				if usesOAuth2(t) {
					for _, d := range chosen(t.Doors(), byOpenIDC) {
						reportForeign(p, d, "oauth2_claim", "claim")
					}
				}
			}
			for _, d := range oauth2Doors(p) {
				if len(verifies(d)) > 0 && (d.Kind == subject.Auth || d.AuthType() == "oauth2") {
					reportForeign(p, d, "claim", "oauth2_claim")
				}
			}
		},
	}
}

// reportForeign speaks where nobody passes without a line that the module of a door
// never grants.
func reportForeign(p *rule.Pass, d *subject.Door, foreign, own string) {
	is := func(words []string) bool { return len(words) > 0 && words[0] == foreign }
	if !decided(d) || !d.Require().Must(is) {
		return
	}
	var all []*httpdconf.Command
	for _, c := range d.Require().Lines() {
		if is(c.Argv()) {
			all = append(all, c)
		}
	}
	p.On(all[0], finding.Finding{
		Message: fmt.Sprintf("`Require %s` never holds at the %s %s, whose tokens the other module verifies: every token gets 401", foreign, d.Kind, d.Path),
		Hint:    rewritten(all, foreign, own),
		Fix:     renamed(all, own),
	}, d, word{d.Vhost.Tree, foreign})
}

// rewritten gives Require lines with another provider's name.
func rewritten(all []*httpdconf.Command, foreign, own string) string {
	lines := make([]string, len(all))
	for i, c := range all {
		lines[i] = "Require " + own + strings.TrimPrefix(c.RawArgs(), foreign)
	}
	return strings.Join(lines, "\n")
}

// renamed writes another provider's name into Require lines.
func renamed(all []*httpdconf.Command, own string) *finding.Fix {
	fix := &finding.Fix{Title: "ask the module that verifies: " + own}
	for _, c := range all {
		one := subject.Write(c, 0, own)
		if one == nil {
			return nil
		}
		fix.Edits = append(fix.Edits, one.Edits...)
	}
	return fix
}
