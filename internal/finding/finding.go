package finding

import (
	"cmp"
	"slices"
)

// Severity says how much a finding matters. The zero value is invalid, so that a
// forgotten severity shows.
type Severity int

// The severities, from the one that must be mended to the one that may stay.
const (
	Invalid Severity = iota
	Error
	Warning
	Info
)

// String gives the word used in every report format.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Info:
		return "info"
	default:
		return "invalid"
	}
}

// Related is another place that takes part in a finding, such as the first of
// two definitions.
type Related struct {
	Message string
	At      Range
}

// Finding is one thing that is wrong (or worth knowing) in an input.
//
// Slug names the rule, in kebab-case. Message is lower case without a final
// period and says what was seen and what was expected. Hint says how to mend it
// and may be pasted; it may be empty. Fix mends it mechanically; nil means that a
// person has to decide.
type Finding struct {
	Slug     string
	Severity Severity
	Message  string
	Hint     string
	At       Range
	Related  []Related
	Fix      *Fix
}

// List is a set of findings about one run.
type List []Finding

// HasErrors reports whether any finding is an Error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(f Finding) bool { return f.Severity == Error })
}

// Sort orders by path, position, slug and message, so that a report is the same
// on every run.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.At.Path, b.At.Path),
			cmp.Compare(a.At.Start.Line, b.At.Start.Line),
			cmp.Compare(a.At.Start.Column, b.At.Start.Column),
			cmp.Compare(a.Slug, b.Slug),
			cmp.Compare(a.Message, b.Message),
		)
	})
}
