package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func emailUnverified(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "email-unverified",
		Severity: finding.Info,
		Title:    "who gets in is decided by an e-mail address that may not be verified",
		Why: "At many issuers people set their address themselves, and the issuer says in `email_verified` whether it has asked. A rule that lets in " +
			"`@example.org` without that condition lets in everybody who writes such an address into the profile.",
		Mend:   "Ask for `email_verified`, too: mod_auth_openidc passes true as \"1\". Issuers without that claim need a group instead.",
		Source: "OpenID Connect Core 1.0, 5.1",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			if slices.ContainsFunc(x.remote, func(q *requirement) bool { return claim(q.typeOf()) == "email_verified" }) {
				return
			}
			for _, q := range x.of(engine.AnyOneOf) {
				if claim(q.typeOf()) == "email" {
					p.Report(finding.Finding{
						At:      q.node.At,
						Message: fmt.Sprintf("%s decides by %s, and does not ask for email_verified", x, q.typeOf()),
						Hint:    `{"type": "OIDC-email_verified", "any_one_of": ["1"]}`,
					}, x.node, q.node)
				}
			}
		}),
	}
}
