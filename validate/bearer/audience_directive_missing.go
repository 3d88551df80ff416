package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func audienceDirectiveMissing() rule.Rule {
	return rule.Rule{
		Slug:     "audience-directive-missing",
		Severity: finding.Info,
		Title:    "from 2.4.20 on the module can check the audience itself",
		Why: "mod_auth_openidc 2.4.20 brought `OIDCOAuthVerifyAudience` and `OIDCOAuthVerifyIssuer`, which refuse a token before it is " +
			"remembered as verified, for all Locations of the virtual host; without the former it warns at each start. `Require claim` stays " +
			"good; the directives hold also where a Location forgets it.",
		Mend:   "`OIDCOAuthVerifyAudience` with the audience that the Locations require.",
		Source: "mod_auth_openidc ChangeLog 2.4.20; advisory GHSA-wcvh-g65p-v576",
		After:  []string{"audience-not-required"},
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				since, sure := h.Tree.Since("2.4.20")
				if !sure || !since || !localKeys(h.Vhost) || h.Command("oidcoauthverifyaudience") != nil {
					continue
				}
				audience := "AUDIENCE"
				if values, exact := h.doors[0].Require().Claims("aud"); exact && len(values) == 1 {
					audience = values[0]
				}
				p.On(source(h.Vhost), finding.Finding{
					Message: fmt.Sprintf("%s does not name the audience of its tokens: mod_auth_openidc %s warns of that at each start", h.Name(), h.Tree.Module),
					Hint:    "OIDCOAuthVerifyAudience " + audience,
				}, h.about()...)
			}
		},
	}
}
