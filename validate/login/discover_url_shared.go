package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func discoverURLShared(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "discover-url-shared",
		Severity: finding.Warning,
		Title:    "two identity providers send browsers to the same issuer",
		Why: "A remote id belongs to one identity provider of Keystone, which refuses the same one at a second. So of two identity providers whose logins end at one issuer, one answers 403 to everybody. " +
			"It is what copying a Location for the next identity provider leads to.",
		Mend:   "Write the issuer of each identity provider into its own Location.",
		Source: "keystone/federation/backends/sql.py, IdPRemoteIdsModel (remote_id is the primary key)",
		After:  []string{"discover-url-other-issuer", "discover-url-issuer-unknown", "discover-url-issuer-malformed"},
		Check: func(p *rule.Pass) {
			type key struct {
				tree   *subject.Tree
				issuer string
			}
			first := map[key]int{} // places in the list
			all := w.discoveries(p)
			for i, d := range all {
				if d.Door.IdP == "" || d.Issuer == "" || !d.ours() || !many(d.Vhost) {
					continue
				}
				k := key{d.Tree, d.Issuer}
				at, seen := first[k]
				if !seen {
					first[k] = i
				} else if one := all[at]; one.Door.IdP != d.Door.IdP {
					p.On(d.Command, finding.Finding{
						Message: fmt.Sprintf("identity provider %s sends browsers to %s, as %s does: Keystone lets the issuer in at one of them only", d.Door.IdP, d.Issuer, one.Door.IdP),
						Hint:    d.discoverLine("ISSUER"),
						Related: []finding.Related{{Message: "the other one", At: one.Command.At()}},
					}, d.Door)
				}
			}
		},
	}
}
