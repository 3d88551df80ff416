package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// directEntry is a requirement that placeholders count.
type directEntry struct {
	claim  string
	at     finding.Range
	filter *engine.Node // the whitelist or blacklist; nil for a plain entry
	except bool
	regex  bool
	used   bool // by a template
	groups bool // by the one that gives groups
	told   bool // that the groups it gives are left out
}

// anything is a regular expression that is found in every value, the empty one too.
const anything = "^"

// directs judges the direct entries when it is known which are used. One that
// nothing uses asks that the claim is there, whatever its value.
func (r *ruleImport) directs() {
	for _, e := range r.entry {
		if e.claim == "" {
			continue // the rule is lost
		}
		if e.filter != nil && !e.groups && !e.told {
			r.deadFilter(e)
		}
		r.twins(e)
	}
	if r.lost || r.forEverybody() {
		return
	}
	for _, e := range r.entry {
		if !r.asksFor(e.claim) {
			r.rule.When = append(r.rule.When, spec.Condition{Claim: spec.Text{Value: e.claim, At: e.at}, Op: spec.Matches, Values: []spec.Text{{Value: anything, At: e.at}}, At: e.at})
		}
	}
	r.rule.When = ordered(r.rule.When)
}

// deadFilter: only a claim that gives groups can be filtered. A filter of a claim
// that is not used can still fail.
func (r *ruleImport) deadFilter(e *directEntry) {
	switch {
	case e.used:
		r.lose(e.at, fmt.Sprintf("filters claim %s, which gives no groups: named rules filter groups only", e.claim), "")
		return
	case slices.ContainsFunc(e.filter.Items(), notText):
		r.lose(e.at, fmt.Sprintf("filters claim %s by a value that is no string, which can end logins with an error", e.claim), "write it as a string, or delete it")
		return
	case e.regex:
		r.patterns(e.filter)
	}
	r.add(e.at, finding.Warning, fmt.Sprintf("filters claim %s, but nothing it gives uses the claim: the filter restricts nobody, and is left out", e.claim),
		fmt.Sprintf(`{"type": "%s", "any_one_of": […]}`, Variable(e.claim)))
}

func notText(n *engine.Node) bool {
	_, isText := n.Value.(string)
	return !isText
}

// twins: a named rule filters a claim everywhere or nowhere.
func (r *ruleImport) twins(e *directEntry) {
	for _, other := range r.entry {
		if other != e && other.claim == e.claim && e.used && other.used && e.groups && e.filter != other.filter {
			r.lose(e.at, fmt.Sprintf("uses claim %s both filtered and as it is: a named rule filters it everywhere", e.claim), "")
			return
		}
	}
}

// forEverybody: every login has an issuer, and a rule that only asks for it is
// what a rule without conditions is compiled to.
func (r *ruleImport) forEverybody() bool {
	return len(r.rule.When) == 0 && len(r.entry) == 1 && Variable(r.entry[0].claim) == RemoteID && !r.entry[0].used
}

// asksFor reports whether the rule fails without the claim.
func (r *ruleImport) asksFor(claim string) bool {
	return slices.Contains(r.rule.Claims(), claim) ||
		slices.ContainsFunc(r.rule.When, func(c spec.Condition) bool { return c.Claim.Value == claim })
}

// ordered gives conditions as the description is read: claim by claim, and for
// each in the order of the operators.
func ordered(all []spec.Condition) []spec.Condition {
	var out []spec.Condition
	seen := map[string]bool{}
	for _, first := range all {
		claim := first.Claim.Value
		if seen[claim] {
			continue
		}
		seen[claim] = true
		for _, op := range []spec.Operator{spec.AnyOf, spec.NoneOf, spec.Matches, spec.MatchesNone} {
			for _, c := range all {
				if c.Claim.Value == claim && c.Op == op {
					out = append(out, c)
				}
			}
		}
	}
	return out
}
