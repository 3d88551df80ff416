package explain

import (
	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

func (r Report) ruleJSON(rule engine.RuleTrace) ruleJSON {
	at := r.place(rule)
	out := ruleJSON{Number: rule.Number, At: rule.At, Written: writtenJSON{at.Path, at.Start.Line, at.Start.Column}, Reached: rule.Reached, Holds: rule.Holds, Remote: []requireJSON{}, Local: []giftItemJSON{}}
	for _, q := range rule.Remote {
		out.Remote = append(out.Remote, r.requireJSON(q))
	}
	for _, l := range rule.Local {
		out.Local = append(out.Local, giftItemJSON{l.At, l.Given, l.Notes})
	}
	return out
}

func (r Report) requireJSON(q engine.RequirementTrace) requireJSON {
	out := requireJSON{
		Type: q.Type, Kind: q.Kind, Regex: q.Regex, At: q.At, Wanted: q.Wanted, Reached: q.Reached, Present: q.Present,
		Values: redacted(q.Values), Kept: redacted(q.Kept), Chance: q.Chance, Holds: q.Holds, Raised: q.Raised, Hints: r.gate(q).Hints,
	}
	if q.Placeholder >= 0 {
		out.Placeholder = &q.Placeholder
	}
	return out
}

// redacted hides tokens that claims hold.
func redacted(list []string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = claims.Shown(v)
	}
	return out
}

// findingJSON is a finding with the names that every report of fedstone uses.
func findingJSON(f finding.Finding) map[string]any {
	related := []map[string]any{}
	for _, r := range f.Related {
		related = append(related, map[string]any{"path": r.At.Path, "line": r.At.Start.Line, "column": r.At.Start.Column, "message": r.Message})
	}
	return map[string]any{
		"slug": f.Slug, "severity": f.Severity.String(), "message": f.Message, "hint": f.Hint,
		"path": f.At.Path, "line": f.At.Start.Line, "column": f.At.Start.Column,
		"end_line": f.At.End.Line, "end_column": f.At.End.Column, "related": related,
	}
}
