package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// state says how far a login came at a requirement.
type state string

const (
	passed    state = "passed"
	stopped   state = "stopped"
	unreached state = "unreached"
)

// gate is a requirement in words: what a login must pass on its way through a
// rule.
type gate struct {
	State  state
	Name   string   // the type
	Wanted string   // "any of admins, staff"; "" for a direct entry
	Came   string   // what the login brought; "" when it brought nothing
	Slot   string   // "{0}"; "" when no placeholder stands for it
	Stands string   // what the placeholder stands for
	Left   string   // what a whitelist or blacklist took away
	Why    string   // what stopped the login
	Hints  []string // what may be meant, and how to mend it
}

// gates gives a rule's requirements in words.
func (r Report) gates(rule engine.RuleTrace) []gate {
	out := make([]gate, len(rule.Remote))
	for i, q := range rule.Remote {
		out[i] = r.gate(q)
	}
	return out
}

func (r Report) gate(q engine.RequirementTrace) gate {
	g := gate{State: passed, Name: q.Type, Wanted: asks(q)}
	if q.Placeholder >= 0 {
		g.Slot = fmt.Sprintf("{%d}", q.Placeholder)
	}
	if q.Present {
		g.Came = values(q.Values)
	}
	switch {
	case !q.Reached:
		g.State = unreached
	case !q.Holds:
		g.State, g.Why, g.Hints = stopped, why(q), printable(r.hints(q))
	case g.Slot != "":
		g.Stands, g.Left = stands(q), left(q)
	}
	return g
}

var asking = map[engine.Kind]string{
	engine.AnyOneOf: "any of ", engine.NotAnyOf: "none of ", engine.Blacklist: "all but ", engine.Whitelist: "only ",
}

// asks says what a requirement wants of the values.
func asks(q engine.RequirementTrace) string {
	if q.Kind == engine.Direct {
		return ""
	}
	return asking[q.Kind] + wanted(q.Wanted, q.Regex)
}

// stands says what a placeholder stands for.
func stands(q engine.RequirementTrace) string {
	text := values(q.Kept)
	if q.Chance && len(q.Kept) > 1 {
		text += " (in no certain order)"
	}
	return text
}

// left says which values a whitelist or a blacklist took away.
func left(q engine.RequirementTrace) string {
	var out []string
	for _, v := range q.Values {
		if !slices.Contains(q.Kept, v) && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return values(out)
}

// why says what stopped a login at a requirement.
func why(q engine.RequirementTrace) string {
	switch {
	case q.Raised != "":
		return "fails: " + finding.Printable(strings.TrimPrefix(q.Raised, "cannot be decided: "))
	case !q.Present:
		return "nothing of this name came"
	case q.Kind == engine.AnyOneOf && len(q.Wanted) == 0:
		return "the list is empty, so no value is any of it"
	case q.Kind == engine.AnyOneOf && q.Regex:
		return "no pattern finds anything in a value that came"
	case q.Kind == engine.AnyOneOf:
		return "no value that came is listed"
	case q.Regex:
		return "a pattern finds something in a value that came"
	}
	return "listed, and came: " + values(both(q.Values, q.Wanted))
}

// both gives the values that are listed.
func both(came []string, listed []any) []string {
	return slices.DeleteFunc(slices.Clone(came), func(v string) bool { return !slices.Contains(listed, any(v)) })
}

// line is the gate's row in a text: what it asks, and what it lets through.
func (g gate) line() string {
	var parts []string
	if g.Stands != "" {
		parts = append(parts, g.Slot+" = "+g.Stands)
	} else if g.State == passed {
		parts = append(parts, "came "+g.Came)
	}
	if g.Left != "" {
		parts = append(parts, "left out "+g.Left)
	}
	return strings.Join(parts, ", ")
}
