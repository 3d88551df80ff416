package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func authMergingOpens() rule.Rule {
	return rule.Rule{
		Slug:     "auth-merging-opens",
		Severity: finding.Error,
		Title:    "AuthMerging Or makes what is required further out enough",
		Why: "Without AuthMerging, the Require lines of a section take the place of those of the sections around it. With `AuthMerging Or` either of them " +
			"is enough: where a section further out (or the folder of the WSGI program) has `Require all granted`, nobody has to log in any more.",
		Mend:   "Take `AuthMerging Or` away.",
		Source: "modules/aaa/mod_authz_core.c, merge_authz_core_dir_config",
		Check: func(p *rule.Pass) {
			if !uses(p, "authmerging") {
				return
			}
			for _, d := range p.Doors() {
				g := judged(d)
				if g == nil || d.Kind == subject.Callback || !mergedOpen(g) {
					continue
				}
				set := g.Setting("AuthMerging").Commands
				c := set[len(set)-1]
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("AuthMerging Or: for the %s %s, `Require %s` of the sections around is enough, and asks for no login", d.Kind, d.Path, openLine(g.Require()).RawArgs()),
					Hint:    "AuthMerging Off",
					Fix:     replaceWord(c, 0, "Off", "let the section's own Require lines count alone"),
				}, d, d.Section)
			}
		},
	}
}

// mergedOpen reports whether a door is open only since the Require lines around its
// own are enough, too.
func mergedOpen(d *subject.Door) bool {
	need := d.Require()
	if !strings.EqualFold(d.Setting("AuthMerging").Value(), "or") || need.Authz == nil || !need.Open() || openLine(need) == nil {
		return false
	}
	parts := need.Authz.Parts
	if need.Authz.Command != nil || len(parts) < 2 {
		return false
	}
	own := &subject.Requirement{Authz: parts[len(parts)-1]}
	return !own.Open()
}
