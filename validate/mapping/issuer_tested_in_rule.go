package mapping

import (
	"fmt"
	"slices"

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
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			tests := d.issuerTests()
			if len(tests) == 0 {
				return
			}
			f := finding.Finding{
				At:      tests[0].node.At,
				Message: fmt.Sprintf("the mapping tells several issuers apart by %s: expected an identity provider for each, with remote ids", tests[0].typeOf()),
				Hint:    fmt.Sprintf("openstack identity provider set --remote-id %s IDP", tests[0].first("ISSUER")),
			}
			for _, q := range tests[1:] {
				f.Related = append(f.Related, finding.Related{Message: "and here", At: q.node.At})
			}
			p.Report(f, d)
		}),
	}
}

// issuerTests gives the conditions on the issuer, where they name more than one: a
// single one, tested besides, does no harm.
func (d *document) issuerTests() []*requirement {
	var out []*requirement
	var issuers []string
	for _, x := range d.rules {
		for _, q := range x.of(engine.AnyOneOf, engine.NotAnyOf) {
			if claim(q.typeOf()) == "iss" {
				out = append(out, q)
				issuers = append(issuers, q.texts()...)
			}
		}
	}
	slices.Sort(issuers)
	if len(slices.Compact(issuers)) < 2 {
		return nil
	}
	return out
}

// first gives the first listed text, or an example.
func (q *requirement) first(example string) string {
	if values := q.values(); len(values) > 0 && !q.regex {
		return values[0].Text()
	}
	return example
}
