package probe

import "slices"

// Fleet is the runs of one call: one for the public address, or one for each
// controller.
type Fleet []Result

// OK reports whether every run passed. An empty Fleet is not OK.
func (f Fleet) OK() bool {
	return len(f) > 0 && !slices.ContainsFunc(f, func(r Result) bool { return !r.OK() })
}

// Unreachable reports whether no run had an answer of Keystone.
func (f Fleet) Unreachable() bool {
	return len(f) > 0 && !slices.ContainsFunc(f, func(r Result) bool { return !r.Unreachable })
}
