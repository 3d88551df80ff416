package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

// placesUsers is the first major version of Keystone that honours the domain of a
// federated user: 2024.1.
const placesUsers = 25

func userDomainIgnored(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "user-domain-ignored",
		Severity: finding.Warning,
		Title:    "this release passes over the domain of a federated user",
		Why: "Until 2023.2 a federated user always lives in the domain of the identity provider, whatever the mapping says. The schema takes the " +
			"domain without a word. With 2024.1 it begins to count, and people who log in for the first time then come into another domain than before.",
		Mend:   "Remove it, and give the identity provider the domain that is meant (`openstack identity provider create --domain`).",
		Source: "keystone/auth/plugins/mapped.py, handle_unscoped_token; since 2024.1 validate_and_prepare_federated_user",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			domain := x.user().Get("domain")
			if old, _ := older(x.document.release, placesUsers); !old || x.localUser() || domain == nil {
				return
			}
			p.Report(finding.Finding{
				At:      domain.At,
				Message: fmt.Sprintf("%s puts the user into domain %s, but Keystone %s passes over that: federated users are in the identity provider's domain", x, written(domain), x.document.release.Name),
				Hint:    "openstack identity provider create --domain DOMAIN",
			}, x.node)
		}),
	}
}
