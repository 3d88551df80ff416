package session

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func issuerValidationOff() rule.Rule {
	return rule.Rule{
		Slug:     "issuer-validation-off",
		Severity: finding.Error,
		Title:    "ID tokens may name any issuer",
		Why: "With `OIDCValidateIssuer Off` the module does not compare the `iss` of an ID token with the issuer that the login went to. Keystone tells identity providers apart by that claim alone: " +
			"an issuer that is trusted for some users can then log in as the users of another. OpenID Connect demands the comparison; the switch is meant for issuers that serve many tenants under one document.",
		Mend:   "Switch it on. For an issuer with tenants, configure each tenant's own issuer.",
		Source: "OpenID Connect Core 1.0, section 3.1.3.7, rule 2; mod_auth_openidc, src/proto.c, oidc_proto_validate_idtoken",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcvalidateissuer") {
				if !subject.IsOff(subject.Arg(s.at, 0)) {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: "OIDCValidateIssuer Off: an ID token may say that it comes from any issuer, and Keystone believes it",
					Hint:    "OIDCValidateIssuer On",
					Fix:     subject.Switch(s.at, "On"),
				}, s.Vhost)
			}
		},
	}
}
