package metadata

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func issuersAllowedUnanchored() rule.Rule {
	return rule.Rule{
		Slug:     "issuers-allowed-unanchored",
		Severity: finding.Warning,
		Title:    "OIDCDiscoverIssuersAllowed holds for more issuers than it names",
		Why: "The expression may hold anywhere in the issuer that a caller names. Without `^` in front and `$` at the end it lets in every issuer whose address contains it, such as `https://other.example/?https://op1.example.org`: " +
			"the module then asks that host for its metadata on the caller's behalf.",
		Mend:   "Begin it with `^`, end it with `$`, and escape the dots.",
		Source: "mod_auth_openidc 2.4.20, src/handle/discovery.c",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				for _, c := range v.Own("oidcdiscoverissuersallowed") {
					for _, word := range c.Argv() {
						if strings.HasPrefix(word, "^") && strings.HasSuffix(word, "$") && !strings.HasSuffix(word, `\$`) {
							continue
						}
						p.On(c, finding.Finding{
							Message: fmt.Sprintf("%q holds for every issuer that contains it, expected ^ in front and $ at the end", subject.Arg(c, 0)),
							Hint:    issuerPattern(strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(word, `\`, ""), "^"), "$")),
						}, v)
					}
				}
			}
		},
	}
}
