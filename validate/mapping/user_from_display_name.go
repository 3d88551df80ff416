package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func userFromDisplayName(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "user-from-display-name",
		Severity: finding.Warning,
		Title:    "people are told apart by the name they are shown with",
		Why: "What tells users of an identity provider apart is the mapping's user id, or the name where no id is given. `name` and its like " +
			"are for showing: two people may have the same, and many issuers let people change theirs. Who bears another's name is that user in " +
			"Keystone, roles, application credentials and key pairs included.",
		Mend:   "Map `sub`, which the issuer never gives to anybody else, to the user's `id`. The name may stay for showing.",
		Source: "keystone/auth/plugins/mapped.py; OpenID Connect Core 1.0, 5.1 and 5.7",
		After:  []string{"filtered-claim-as-user", "user-name-from-list"},
		Check:  r.eachRule(identified("name", "given_name", "family_name", "nickname", "displayname", "cn")),
	}
}

// identified finds users whose unique id comes from one of some claims.
func identified(claims ...string) func(p *rule.Pass, x *oneRule) {
	return func(p *rule.Pass, x *oneRule) {
		t, by := x.uniqueID()
		if by == nil || !slices.Contains(claims, claim(by.typeOf())) {
			return
		}
		p.Report(finding.Finding{
			At:      t.node.At,
			Message: fmt.Sprintf("%s: what tells users apart is %s, which is neither unique nor lasting (OpenID Connect Core, 5.7)", x, by.typeOf()),
			Hint:    fmt.Sprintf(`"user": {"id": "{%d}", "name": %s}, with {"type": "OIDC-sub"} at the end of "remote"`, len(x.direct), quoted(t.node.Text())),
			Related: []finding.Related{{Message: "the claim", At: by.node.At}},
		}, x.node, t.node)
	}
}

// uniqueID gives the text that makes the unique id of the rule's federated user,
// and the only direct entry in it; nil where there is none, or several.
func (x *oneRule) uniqueID() (*text, *requirement) {
	var id, name *text
	for _, t := range x.texts {
		switch {
		case t.at("user", "id") && id == nil:
			id = t
		case t.at("user", "name") && name == nil:
			name = t
		}
	}
	if id == nil {
		id = name
	}
	if id == nil || x.localUser() {
		return nil, nil
	}
	from := x.sources(id)
	if len(from) != 1 {
		return nil, nil
	}
	return id, from[0]
}
