package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func audienceOfEveryClient() rule.Rule {
	return rule.Rule{
		Slug:     "audience-of-every-client",
		Severity: finding.Warning,
		Title:    "the audience that is required stands in tokens for every application",
		Why: "Some audiences tell nothing: Keycloak writes `account` into the tokens of nearly every client of a realm, Okta `api://default` " +
			"into those of its default server, and Microsoft `00000003-0000-0000-c000-000000000000` into those for its own Graph. Requiring " +
			"such an audience keeps no token out that was issued to another application. (Tokens for Microsoft Graph cannot even be verified " +
			"by anybody else.)",
		Mend: "Give Keystone an audience of its own at the issuer (at Keycloak an audience mapper in a client scope) and require that, or also " +
			"require the clients that may log in: `Require claim azp:CLIENT`.",
		Source: "Keycloak server administration guide, audience support; RFC 9068 section 4",
		Check: func(p *rule.Pass) {
			for _, d := range append(openidcDoors(p), oauth2Doors(p)...) {
				value := idle(d)
				if value == "" || asks(d, "azp", "client_id", "appid", "cid", "clientId", "client", "scope", "scp") {
					continue
				}
				p.On(d.Section, finding.Finding{
					Message: fmt.Sprintf("the %s %s requires the audience %q alone, which tokens for every other application have, too", d.Kind, d.Path, value),
					Hint:    requireAll(d, "azp:CLIENT"),
				}, d)
			}
		},
	}
}

// idle gives the audience that a door requires if it tells nothing.
func idle(d *subject.Door) string {
	values, exact := d.Require().Claims("aud")
	if !exact || len(values) != 1 {
		return ""
	}
	switch values[0] {
	case "account", "api://default", "00000003-0000-0000-c000-000000000000", "https://graph.microsoft.com":
		return values[0]
	}
	return ""
}
