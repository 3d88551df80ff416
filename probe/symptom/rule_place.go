package symptom

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// at says where an exception arose.
func (s *Ruleset) at(e *engine.Error) string {
	if e.Rule > 0 && e.Rule <= len(s.places) {
		return s.places[e.Rule-1].String()
	}
	if e.At.Start.Known() {
		return e.At.String()
	}
	return s.doc.Path
}

// nearest tells of the rule that the claims came nearest to, and what stopped them.
func (s *Ruleset) nearest(rules []engine.RuleTrace) (why, where string) {
	best, at := -1, -1
	for i, r := range rules {
		stop := slices.IndexFunc(r.Remote, func(q engine.RequirementTrace) bool { return !q.Holds })
		if stop > at {
			best, at = i, stop
		}
	}
	if best < 0 {
		return "there is no rule", s.doc.Path
	}
	return fmt.Sprintf("rule %d stops at %s", best+1, stopped(rules[best].Remote[at])), s.condition(best, at, rules[best].Remote[at])
}

// condition gives the place of a rule's requirement. Compiled rules have their
// conditions first, as they are written.
func (s *Ruleset) condition(rule, number int, q engine.RequirementTrace) string {
	switch {
	case rule < len(s.whens) && number < len(s.whens[rule]):
		return s.whens[rule][number].String()
	case rule < len(s.places):
		return s.places[rule].String()
	}
	at := finding.Pos(q.At)
	return finding.Range{Path: s.doc.Path, Start: at, End: at}.String()
}

// stopped says what was wanted and what came.
func stopped(q engine.RequirementTrace) string {
	came := "came: " + strings.Join(q.Values, ", ")
	if !q.Present {
		came = "which the token does not give"
		if q.Nearest != "" {
			came += " (it gives " + q.Nearest + ")"
		}
	}
	if len(q.Wanted) == 0 {
		return q.Type + ", " + came
	}
	return fmt.Sprintf("%s, %s %v; %s", q.Type, map[bool]string{true: "none of", false: "one of"}[q.Kind == engine.NotAnyOf], q.Wanted, came)
}
