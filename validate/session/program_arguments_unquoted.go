package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func programArgumentsUnquoted() rule.Rule {
	return rule.Rule{
		Slug:     "program-arguments-unquoted",
		Severity: finding.Error,
		Title:    "the program for the passphrase runs without its argument",
		Why: "`exec:PROGRAM ARGUMENT` has to be one argument of the directive. From 2.4.15 on a second argument is the passphrase before this one: httpd takes the line, runs the program without an argument, " +
			"and believes the rest to be an old passphrase. `cat` without an argument prints nothing, other programs something else. Before 2.4.15 the line is a syntax error.",
		Mend:   "Quotes around the whole.",
		Source: "mod_auth_openidc, src/cfg/cmds.c, OIDCCryptoPassphrase (TAKE12 from 2.4.15 on)",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				since, sure := t.Since("2.4.15")
				for _, c := range t.Commands(passphraseKey) {
					first, second := subject.Arg(c, 0), subject.Arg(c, 1)
					if !sure || !since || !strings.HasPrefix(first, execPrefix) || !strings.HasPrefix(second, "/") || strings.Contains(first, " ") {
						continue
					}
					whole := `"` + first + " " + second + `"`
					p.On(c, finding.Finding{
						Message: "OIDCCryptoPassphrase runs " + strings.TrimPrefix(first, execPrefix) + " without an argument: what stands behind it is taken for the passphrase before",
						Hint:    "OIDCCryptoPassphrase " + whole,
						Fix:     quoteBoth(c, whole),
					}, t.VhostOf(c))
				}
			}
		},
	}
}
