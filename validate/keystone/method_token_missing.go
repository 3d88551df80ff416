package keystone

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func methodTokenMissing() rule.Rule {
	return rule.Rule{
		Slug:     "method-token-missing",
		Severity: finding.Error,
		Title:    "federated users cannot get a token of a project",
		Why: "A federated login gives a token without a scope, which is exchanged for one of a project by the method `token`. Without it the login itself ends well, " +
			"and then everything that needs a project ends in 401, the dashboard included.",
		Mend:   "Add `token` to `[auth] methods`.",
		Source: "Keystone, keystone/api/_shared/authentication.py; Keystone's API, POST /v3/auth/tokens",
		After:  []string{"method-unknown", "list-with-quotes", "value-with-comment", "value-swallows-a-line"},
		Check: func(p *rule.Pass) {
			if p.Keystone == nil || len(uses(p.Site)) == 0 {
				return
			}
			names, at, set, ok := methods(p.Site)
			if !set || !ok || slices.Contains(names, "token") {
				return
			}
			f := finding.Finding{
				At:      line(at),
				Message: "[auth] methods lacks token, by which a federated user exchanges his token for one of a project: he logs in and can do nothing",
				Hint:    "methods = " + strings.Join(append([]string{"token"}, names...), ","),
			}
			if bare(p.Site, at) {
				place := at.At
				place.End = place.Start
				f.Fix = &finding.Fix{Title: "add token to the methods", Edits: []finding.Edit{{At: place, Text: "token,"}}}
			}
			p.Report(f, option("methods"))
		},
	}
}
