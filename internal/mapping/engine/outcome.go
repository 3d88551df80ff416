package engine

import "github.com/fedstone/fedstone/internal/finding"

// Outcome is what becomes of one login in RuleProcessor.process: exactly one of
// Mapped, Error and Undecidable is set.
type Outcome struct {
	Mapped      *Mapped
	Error       *Error
	Undecidable *Undecidable
}

// Mapped is the dictionary that RuleProcessor.process returns.
type Mapped struct {
	// User has the keys id, name, email, domain and type as far as rules give
	// them; type always. Its domain is an Object, or nil for Python's None.
	User Object `json:"user"`
	// GroupIDs is a set: sorted, each once. Strings, but for claims that are
	// written like Python literals.
	GroupIDs []any `json:"group_ids"`
	// GroupNames is in Keystone's order and with its repetitions. An item is an
	// Object of name and domain, unless a claim brought it (JSON:…).
	GroupNames []any `json:"group_names"`
	// Projects holds Objects of name, roles and, from schema 2.0, domain.
	Projects []any `json:"projects"`
}

// Error is an exception that ends the login.
type Error struct {
	Class   string // Python's name of it: ValidationError, DirectMappingError, TypeError …
	Status  int    // what Keystone answers
	Message string
	Rule    int           // counted from 1; 0 when no single rule is the cause
	At      finding.Range // the value whose evaluation raised it; zero when none
}

// Undecidable says why there is no outcome.
type Undecidable struct {
	Reason string
	Rule   int // counted from 1; 0 when no single rule is the cause
	At     finding.Range
}
