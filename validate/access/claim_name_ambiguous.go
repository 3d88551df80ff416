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

func claimNameAmbiguous() rule.Rule {
	return rule.Rule{
		Slug:     "claim-name-ambiguous",
		Severity: finding.Info,
		Title:    "an issuer can meet another one's Require with a claim of an odd name",
		Why: "mod_auth_openidc cuts `Require claim NAME:VALUE` at any colon up to which the token has a claim of that name. The line for `iss:https://…` also holds for a claim that is called `iss:https`. " +
			"Where several issuers share a virtual host, one of them can so let its users onto another one's path; Keystone's remote ids still refuse them, as they look at the real `iss`.",
		Mend:   "A pattern has no colon to cut at: `\\x3A` is one. `fedstone render` writes it so.",
		Source: "src/authz.c, oidc_authz_match_claim",
		Check: func(p *rule.Pass) {
			several := once(severalIssuers)
			var found groups
			first := map[*subject.Vhost]*httpdconf.Command{}
			for _, d := range p.Doors() {
				if d.Kind != subject.WebSSO || !several(d.Vhost) || d.Require().Denied() || !d.Require().MustClaim("iss") {
					continue
				}
				c := d.Require().Line(colonInValue)
				if c == nil {
					continue
				}
				if first[d.Vhost] == nil {
					first[d.Vhost] = c
				}
				found.add(first[d.Vhost], d)
			}
			for _, c := range found.order {
				doors := found.doors[c]
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("`%s` at %s also holds for a claim of another name, which any issuer of this virtual host can give", written(c), doorsText(doors)),
					Hint:    "Require claim " + asPattern(c),
				}, abouts(doors)...)
			}
		},
	}
}

// colonInValue reports whether a Require line asks for the issuer by a value.
func colonInValue(words []string) bool {
	return asksIssuer(words) && slices.ContainsFunc(words[1:], func(spec string) bool {
		value, ok := strings.CutPrefix(spec, "iss:")
		return ok && strings.Contains(value, ":")
	})
}

// asPattern writes an issuer as a pattern without a colon, as one word of httpd's.
func asPattern(c *httpdconf.Command) string {
	issuer, _ := strings.CutPrefix(claimsIn(c)[0], "iss:")
	escaped := strings.NewReplacer(".", `\.`, ":", `\x3A`, "?", `\?`, "+", `\+`, "~", `\x7E`).Replace(issuer)
	quoted, err := httpdconf.QuoteAlways("iss~^" + escaped + "$")
	if err != nil {
		return `"iss~^PATTERN$"`
	}
	return quoted
}
