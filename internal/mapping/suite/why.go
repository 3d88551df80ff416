package suite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// why tells in one line what decided an outcome that was not as wanted; "" where
// the rules have nothing more to say. Where something is missing it is the rule
// that came nearest to giving it, where something is too much those that held.
func (s subject) why(o outcome, differences []Difference) string {
	switch {
	case o.atDoor:
		return ""
	case o.Undecidable != nil:
		return s.ended(o, o.Undecidable.Rule, differences)
	case o.Error != nil && o.Error.Rule > 0:
		return s.ended(o, o.Error.Rule, differences)
	case o.Error == nil && !o.loggedIn():
		return s.ended(o, 0, differences)
	}
	near := nearest(o.Rules)
	switch note := s.note(o, differences); {
	case !o.loggedIn() && near != nil:
		return s.stopped(*near)
	case note != "":
		return note
	case near != nil && missing(differences):
		return s.stopped(*near)
	}
	return s.held(o)
}

// missing reports whether a login lacks something that was wanted of it.
func missing(differences []Difference) bool {
	for _, d := range differences {
		if ofLogin(d.Key) || d.Key == "rules" {
			for _, l := range d.Lines {
				if l.Sign == '-' {
					return true
				}
			}
		}
	}
	return false
}

// ended tells how a login ended, unless the difference does, and in which rule;
// 0 when no single one is the cause.
func (s subject) ended(o outcome, rule int, differences []Difference) string {
	var parts []string
	if rule > 0 {
		parts = append(parts, s.ruleName(rule)+" ends the login")
	} else if held := s.held(o); held != "" {
		parts = append(parts, held)
	}
	if differences[0].Key != "" {
		parts = append(parts, o.ended())
	}
	return strings.Join(parts, "; ")
}

func (s subject) ruleName(number int) string {
	return fmt.Sprintf("rule %d (%s)", number, s.places[number-1].rule)
}

// held names the rules that hold.
func (s subject) held(o outcome) string {
	var names []string
	for _, n := range o.holding() {
		names = append(names, s.ruleName(n.(int)))
	}
	if len(names) == 0 {
		return ""
	}
	return strings.Join(names, ", ") + " held"
}

// note tells what of a rule that holds was passed over, where that is about what
// differs.
func (s subject) note(o outcome, differences []Difference) string {
	about := map[string]string{"user": "user", "id": "user", "email": "user", "domain": "user", "projects": "projects"}
	for _, r := range o.Rules {
		for _, local := range r.Local {
			for _, note := range local.Notes {
				for _, d := range differences {
					if part := about[d.Key]; part != "" && strings.HasPrefix(note, part) {
						return s.ruleName(r.Number) + ": " + note
					}
				}
			}
		}
	}
	return ""
}

// nearest gives, of the rules that do not hold, the one of which the largest
// part does; nil when all hold or none was tried.
func nearest(rules []engine.RuleTrace) *engine.RuleTrace {
	var best *engine.RuleTrace
	for i := range rules {
		r := &rules[i]
		if r.Reached && !r.Holds && (best == nil || passed(*r)*len(best.Remote) > passed(*best)*len(r.Remote)) {
			best = r
		}
	}
	return best
}

func passed(r engine.RuleTrace) int {
	i := slices.IndexFunc(r.Remote, func(q engine.RequirementTrace) bool { return !q.Holds })
	return max(i, 0)
}

// stopped tells on which requirement a rule stopped.
func (s subject) stopped(r engine.RuleTrace) string {
	q := r.Remote[passed(r)]
	said := fmt.Sprintf("%s stops at %s, ", s.ruleName(r.Number), asks(q))
	switch {
	case q.Raised != "":
		said += "which raised " + q.Raised
	case !q.Present:
		said += "which did not come"
	default:
		said += "which came as " + short(q.Values)
	}
	if q.Nearest != "" {
		said += fmt.Sprintf("; %q came: did you mean that?", q.Nearest)
	}
	return said
}

// asks says what a requirement asks for.
func asks(q engine.RequirementTrace) string {
	name := q.Type
	if q.Kind != engine.Direct {
		name += " " + string(q.Kind)
		if q.Regex {
			name += " (regex)"
		}
		name += " " + short(q.Wanted)
	}
	return name
}

// short lists values, the first few of many.
func short[T any](values []T) string {
	const most = 5
	parts := []string{}
	for _, v := range values[:min(len(values), most)] {
		parts = append(parts, cut(fmt.Sprint(v)))
	}
	if len(values) > most {
		parts = append(parts, fmt.Sprintf("… %d more", len(values)-most))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// cut shortens a long value.
func cut(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
