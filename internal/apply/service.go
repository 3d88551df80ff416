package apply

import (
	"context"
	"encoding/json"
)

// What a target with an API of its own (internal/iam) makes its plans of. They are
// executed and reported as Keystone's are.

// Step gives a change that Execute brings about by do. Of two steps the one with the
// lower order is done first; those of one order need nothing of each other.
func Step(c Change, order int, do func(context.Context) error) Change {
	c.phase, c.do = phase(order), do
	return c
}

// Differing gives the rules in which two mappings differ, in the order of the new
// one; the error says that one is no list of rules.
func Differing(before, after json.RawMessage) ([]Rule, error) { return differing(before, after) }

// Signed gives a description with the mark of an owner; "" has no name.
func Signed(text, owner string) string { return sign(text, owner) }

// Ours reports whether a description bears the owner's mark, or one without a name.
func Ours(description, owner string) bool {
	m := markOf(description)
	return m.made && (m.owner == "" || m.owner == owner)
}

// Own reports whether a description bears just this owner's mark: only that is ever
// deleted.
func Own(description, owner string) bool {
	return owner != "" && markOf(description) == mark{true, owner}
}

// Maker says who made an object, for a sentence.
func Maker(description string) string { return maker(description) }
