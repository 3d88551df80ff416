package metadata

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func confIssuerValidationOff(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "conf-issuer-validation-off",
		Severity: finding.Error,
		Title:    "ID tokens of one issuer may name any issuer",
		Why: "With `validate_issuer` at 0 the module does not compare the `iss` of an ID token with the issuer that the login went to. Keystone tells identity providers apart by that claim alone: " +
			"this issuer can then log in as the users of every other one.",
		Mend:   "Write 1 or remove the member. For an issuer with tenants, give each tenant's own issuer files of its own.",
		Source: "OpenID Connect Core 1.0, section 3.1.3.7, rule 2; mod_auth_openidc, src/metadata.c, oidc_metadata_conf_parse",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			if at := member(i.Conf, "validate_issuer"); i.switchedOff(at) && !i.before("2.4.3") {
				i.on(p, i.Conf, at, finding.Finding{
					Message: "validate_issuer is off: an ID token of " + i.name() + " may say that it comes from any issuer, and Keystone believes it",
					Hint:    `"validate_issuer": 1`,
					Fix:     written(at, "1"),
				})
			}
		}),
	}
}
