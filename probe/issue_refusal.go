package probe

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Refusal is a step that failed, explained as Run explains it.
type Refusal struct {
	Provider string
	Step     Step
	Err      error // why there is no token to go on with, where that is the step; else nil
}

// Unwrap gives the error below, if any.
func (r *Refusal) Unwrap() error { return r.Err }

// Error gives the step, who answered what, the cause, and on a line of its own the mend.
func (r *Refusal) Error() string {
	answered := ""
	if r.Step.Status != 0 {
		answered = fmt.Sprintf(" (%d by %s)", r.Step.Status, r.Step.AnsweredBy)
	}
	text := fmt.Sprintf("identity provider %s: %s%s: %s", r.Provider, r.Step.Name, answered, r.Step.Cause)
	if r.Step.Mend != "" {
		text += "\nto mend it: " + r.Step.Mend
	}
	return text
}

// Unreachable reports whether there was nobody to refuse: no answer came.
func (r *Refusal) Unreachable() bool { return r.Step.AnsweredBy == keystone.ByNobody }
