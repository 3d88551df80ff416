package registration

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func audienceMapperMissing() rule.Rule {
	return rule.Rule{
		Slug:     "audience-mapper-missing",
		Severity: finding.Warning,
		Title:    "nothing puts the audience into the tokens of a client that is let in",
		Why:      "Keycloak puts into `aud` what mappers say, and the clients whose roles a person has; without a mapper an access token is not for Keystone, and httpd refuses it with 401 where it asks for the audience.",
		Mend:     "Add a mapper of the kind Audience to the client, or to a scope that it has by default; `fedstone register` makes it.",
		Source:   "Keycloak, services, AudienceProtocolMapper; RFC 9068 section 3",
		Check: each(func(p *rule.Pass, c *subject.Registered) {
			for _, want := range audiences(p, c.ID) {
				if !c.MappersKnown || hasAudience(c, want.Value) {
					continue
				}
				p.Report(finding.Finding{
					At:      c.At,
					Message: fmt.Sprintf("tokens of the client %s do not name %.100q in aud, which bearer.audience asks for", shown(c.ID), want.Value),
					Hint:    audienceMapper(want.Value),
					Related: []finding.Related{{Message: "asked for here", At: want.At}},
				}, c)
			}
		}),
	}
}
