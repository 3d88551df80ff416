package explain

// String gives the word by which a state is styled.
func (s state) String() string { return string(s) }

// ClaimsHeight is the height of the first column.
func (p *picture) ClaimsHeight() int { return p.claimsHeight }

// RulesHeight is the height of the second column.
func (p *picture) RulesHeight() int { return p.rulesHeight }

// ResultsHeight is the height of the third column.
func (p *picture) ResultsHeight() int { return p.resultsHeight }

// MoreY is where the variables stand that no rule reads.
func (p *picture) MoreY() int { return p.claimsHeight - boxHeight - gap }

// Verdict says in words whether a rule holds.
func (b ruleBox) Verdict() string {
	switch {
	case !b.Reached:
		return "not reached"
	case b.Fails:
		return "fails"
	case b.Holds:
		return "holds"
	}
	return "does not hold"
}

// Class is how a rule is styled.
func (b ruleBox) Class() string {
	switch {
	case !b.Reached:
		return "asleep"
	case b.Fails:
		return "raises"
	case b.Holds:
		return "holds"
	}
	return "stops"
}

// Short is the second line of a gate that is passed: what it asks, and what it
// lets through.
func (g gate) Short() string {
	through := g.Stands
	if g.Slot == "" {
		through = "came " + g.Came
	}
	if g.Wanted == "" {
		return through
	}
	return g.Wanted + " → " + through
}

// Lines is how many lines a gate that stops needs, besides its name.
func (g gate) Lines() int {
	n := 1
	for _, text := range []string{g.Wanted, g.Came} {
		if text != "" {
			n++
		}
	}
	return n + 2*len(g.Hints)
}
