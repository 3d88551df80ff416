package explain

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// raised says what giving raised, in a rule whose requirements all hold.
func (r Report) raised(rule engine.RuleTrace) string {
	switch out := r.Explanation.Outcome; {
	case !rule.Holds:
	case out.Error != nil && out.Error.Rule == rule.Number:
		return finding.Printable(out.Error.Message)
	case out.Undecidable != nil && out.Undecidable.Rule == rule.Number:
		return finding.Printable(out.Undecidable.Reason)
	}
	return ""
}

// fails reports whether a login ends within a rule, by an exception or for want
// of a decision.
func (r Report) fails(rule engine.RuleTrace) bool {
	return r.raised(rule) != "" || slices.ContainsFunc(rule.Remote, func(q engine.RequirementTrace) bool { return q.Raised != "" })
}

// notes says what of a rule was passed over, and why.
func notes(rule engine.RuleTrace) []string {
	var out []string
	for _, local := range rule.Local {
		for _, note := range local.Notes {
			out = append(out, finding.Printable(note))
		}
	}
	return out
}
