package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func localUserIncomplete(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "local-user-incomplete",
		Severity: finding.Error,
		Title:    "a local user is named without a domain, or not at all",
		Why: "A user of type `local` is looked for among Keystone's own. Names of users are unique in a domain only, so a name needs `domain` " +
			"inside of `user`; a `domain` beside it belongs to groups. Without it every login that the rule holds for ends in 400. REMOTE_USER does not " +
			"stand in for a missing name as it does for federated users.",
		Mend:   "Put the domain into `user`, or name the user by `id` alone.",
		Source: "keystone/auth/plugins/core.py, BaseUserInfo",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			u := x.user()
			if !x.localUser() {
				return
			}
			name, id, domain := u.Get("name"), u.Get("id"), u.Get("domain")
			f := finding.Finding{At: u.At}
			switch {
			case name == nil && id == nil:
				f.Message = fmt.Sprintf("%s: the local user has neither name nor id: every login that the rule holds for ends in 400", x)
				f.Hint = `"user": {"type": "local", "name": "{0}", "domain": {"name": "Default"}}`
			case name != nil && incomplete(domain) && !x.lendsDomain():
				f.Message = fmt.Sprintf("%s: the local user has a name and no domain: every login that the rule holds for ends in 400", x)
				f.Hint = fmt.Sprintf(`"user": {"type": "local", "name": %s, "domain": {"name": "Default"}}`, quoted(name.Text()))
			default:
				return
			}
			p.Report(f, x.node, u)
		}),
	}
}

// incomplete reports whether a domain names none.
func incomplete(domain *engine.Node) bool {
	return domain.Get("id").Text() == "" && domain.Get("name").Text() == ""
}

// lendsDomain reports whether the user may get the domain beside it: since schema
// 2.0 that of the last item.
func (x *oneRule) lendsDomain() bool { return x.document.schema != "1.0" }
