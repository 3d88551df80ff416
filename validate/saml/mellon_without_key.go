package saml

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func mellonWithoutKey() rule.Rule {
	return rule.Rule{
		Slug:     "mellon-without-key",
		Severity: finding.Error,
		Title:    "the service provider has no key",
		Why: "mod_auth_mellon signs what it asks of the identity provider, also where the metadata says that it does not. Without `MellonSPPrivateKeyFile` httpd starts, and each login ends in 500: \"Failed to load private key\", in the error log. " +
			"Nothing shows before the first login: the protected path itself still redirects.",
		Mend:   "Name the private key whose certificate the identity provider has in the service provider's metadata.",
		Source: "mod_auth_mellon, auth_mellon_handler.c, am_get_lasso_server and am_init_authn_request_common; lasso, lasso_login_build_authn_request_msg",
		Check: func(p *rule.Pass) {
			judge(p, "MellonSPPrivateKeyFile", func(value string) (f finding.Finding, ok bool) {
				return finding.Finding{
					Message: "the service provider has no private key: each login ends in 500 (\"Failed to load private key\")",
					Hint:    "MellonSPPrivateKeyFile /etc/httpd/saml2/IDP/sp.key",
				}, value == ""
			})
		},
	}
}
