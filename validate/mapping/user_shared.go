package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func userShared(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "user-shared",
		Severity: finding.Warning,
		Title:    "everybody whom a rule holds for is one and the same user",
		Why: "A name without a placeholder is the same for all: they are one user of Keystone, see and delete each other's application credentials " +
			"and key pairs, keep each other's roles, and nothing in the logs tells who did what. Where the type is `local`, all of them act as that account.",
		Mend:   "Take name and id from a claim that is the person's own. For a robot's account, ask for its `sub` or `client_id` with `any_one_of`.",
		Source: "keystone/auth/plugins/mapped.py",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			t := x.sameForAll()
			if t == nil || slices.ContainsFunc(x.of(engine.AnyOneOf), func(q *requirement) bool { return person(q.typeOf()) }) {
				return
			}
			p.Report(finding.Finding{
				At:      t.node.At,
				Message: fmt.Sprintf("%s: the user's %s is %s for everybody whom it holds for: they are one user", x, t.path[1], quoted(t.node.Text())),
				Hint:    `"user": {"id": "{0}", "name": "{1}"}, with {"type": "OIDC-sub"}, {"type": "OIDC-preferred_username"} in "remote"`,
			}, x.node, t.node)
		}),
	}
}

// sameForAll gives the text that makes the user's unique id, if it has no
// placeholder.
func (x *oneRule) sameForAll() *text {
	var name *text
	for _, t := range x.texts {
		literal, fixed := t.template.Literal()
		switch {
		case t.at("user", "id") && !(fixed && literal != ""):
			return nil
		case t.at("user", "id"):
			return t
		case t.at("user", "name") && fixed && literal != "":
			name = t
		}
	}
	return name
}
