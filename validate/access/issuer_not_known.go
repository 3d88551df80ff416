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

func issuerNotKnown() rule.Rule {
	return rule.Rule{
		Slug:     "issuer-not-known",
		Severity: finding.Error,
		Title:    "Require names an issuer at which nobody logs in",
		Why: "`Require claim iss:…` compares byte by byte what the issuer calls itself: a final slash, http for https, another port, or `/auth` that newer Keycloaks have dropped, is another issuer. " +
			"Nobody passes then: the answer is 401, or with `OIDCUnAutzAction auth` a login without end.",
		Mend:   "Write the issuer as its `.provider` file (its discovery document) has it in `issuer`.",
		Source: "src/authz.c, oidc_authz_match_claim; OpenID Connect Discovery 1.0, section 3",
		Check: func(p *rule.Pass) {
			of := once(issuersOf)
			for _, d := range p.Doors() {
				known := of(d.Vhost)
				asked, exact := d.Require().Claims("iss")
				if len(known) == 0 || !exact || d.Require().Denied() || slices.ContainsFunc(asked, known.has) {
					continue
				}
				meant := known.likely(asked[0])
				if meant == "" && !d.Browser() {
					continue
				}
				p.On(issuerLine(d), finding.Finding{
					Severity: severityOfIssuer(d),
					Message:  fmt.Sprintf("the %s of %s requires the issuer %s, %s", d.Kind, whose(d), asked[0], insteadOf(meant, known)),
					Hint:     hintIssuer(meant, known),
					Fix:      fixIssuer(issuerLine(d), asked[0], meant),
				}, d)
			}
		},
	}
}

// severityOfIssuer: tokens of the auth path may come from an issuer at which no
// browser logs in.
func severityOfIssuer(d *subject.Door) finding.Severity {
	if d.Browser() {
		return finding.Error
	}
	return finding.Warning
}

func insteadOf(meant string, known issuers) string {
	if meant != "" {
		return "which calls itself " + meant + ": nobody passes"
	}
	return "but logins are at " + strings.Join(known.names(3), ", ") + ": nobody passes"
}

func hintIssuer(meant string, known issuers) string {
	if meant == "" {
		meant = known.names(1)[0]
	}
	return "Require claim iss:" + meant
}

// fixIssuer writes the issuer as it is, where the line says nothing else.
func fixIssuer(c *httpdconf.Command, asked, meant string) *finding.Fix {
	if meant == "" || subject.Arg(c, 1) != "iss:"+asked {
		return nil
	}
	return replaceWord(c, 1, "iss:"+meant, "write the issuer as it calls itself")
}
