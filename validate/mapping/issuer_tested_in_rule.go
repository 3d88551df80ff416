package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func issuerTestedInRule(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "issuer-tested-in-rule",
		Severity: finding.Info,
		Title:    "a rule tells issuers apart, which identity providers are for",
		Why: "A condition on the issuer holds for its rule alone: a rule that is added without it lets in the users of every issuer that reaches the " +
			"mapping. And where several issuers share one identity provider of Keystone, they share its domain: two people of the same name are one user. " +
			"An identity provider for each issuer with its `remote_ids` keeps both apart before any rule is tried.",
		Mend:   "Make an identity provider, a domain and a mapping for each issuer, and set `remote_ids` and `remote_id_attribute`.",
		Source: "keystone/federation/utils.py, validate_idp",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.of(engine.AnyOneOf, engine.NotAnyOf) {
				if claim(q.typeOf()) != "iss" {
					continue
				}
				p.Report(finding.Finding{
					At:      q.node.At,
					Message: fmt.Sprintf("%s tests the issuer in %s: expected an identity provider for each issuer, with remote ids", x, q.typeOf()),
					Hint:    fmt.Sprintf("openstack identity provider set --remote-id %s IDP", q.first("ISSUER")),
				}, x.node, q.node)
			}
		}),
	}
}

// first gives the first listed text, or an example.
func (q *requirement) first(example string) string {
	if values := q.values(); len(values) > 0 && !q.regex {
		return values[0].Text()
	}
	return example
}
