package mapping

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func userFromEmail(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "user-from-email",
		Severity: finding.Info,
		Title:    "people are told apart by their e-mail address",
		Why: "Without an `id`, the name is what tells users apart. Addresses change, and then the person is a new user without the roles and " +
			"application credentials of the old one; and they are given to somebody else, who then is the old user. At issuers that do not verify " +
			"addresses, people choose them.",
		Mend:   "Map `sub` to the user's `id`, and the address to `name` and `email`.",
		Source: "keystone/auth/plugins/mapped.py; OpenID Connect Core 1.0, 5.7",
		After:  []string{"filtered-claim-as-user"},
		Check:  r.eachRule(identified("email", "mail")),
	}
}
