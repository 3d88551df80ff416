package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// checkTogether judges what only the rules together can show.
func checkTogether(idp spec.IdentityProvider) finding.List {
	if len(idp.Rules) == 0 {
		return finding.List{problem("no-rules", idp.ID.At, fmt.Sprintf("identity provider %q has no rules, so nobody could log in", idp.ID.Value),
			`rules: [{user: {name: "{preferred_username}"}}]`)}
	}
	var list finding.List
	for i, later := range idp.Rules {
		for _, earlier := range idp.Rules[:i] {
			if len(earlier.Projects) > 0 && len(later.Projects) > 0 && !exclusive(earlier, later) {
				list = append(list, projectsLost(earlier, later))
			}
		}
	}
	return list
}

func projectsLost(earlier, later spec.Rule) finding.Finding {
	f := problem("projects-replaced", later.At, "where this rule and an earlier one both hold, Keystone keeps only the projects of this one",
		"list all projects in the later rule, or make the rules exclude each other with none_of")
	f.Severity = finding.Warning
	f.Related = []finding.Related{{Message: "the earlier rule", At: earlier.At}}
	return f
}

// exclusive reports whether one rule asks for some of the values of a claim that
// the other refuses.
func exclusive(a, b spec.Rule) bool { return refuses(a, b) || refuses(b, a) }

func refuses(a, b spec.Rule) bool {
	for _, want := range a.When {
		for _, no := range b.When {
			if want.Op == spec.AnyOf && no.Op == spec.NoneOf && want.Claim.Value == no.Claim.Value && within(want.Values, no.Values) {
				return true
			}
		}
	}
	return false
}

func within(some, all []spec.Text) bool {
	known := map[string]bool{}
	for _, t := range all {
		known[t.Value] = true
	}
	for _, t := range some {
		if !known[t.Value] {
			return false
		}
	}
	return true
}

func (c *compiler) add(slug string, at finding.Range, message, hint string) {
	c.findings = append(c.findings, problem(slug, at, message, hint))
}

func problem(slug string, at finding.Range, message, hint string) finding.Finding {
	return finding.Finding{Slug: slug, Severity: finding.Error, At: at, Message: message, Hint: hint}
}
