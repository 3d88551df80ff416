package engine_test

import (
	"time"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// hang is the time limit of a regular expression here: Keystone's answer is
// waited for longer.
const hang = 2 * time.Second

// exemption is a difference to Keystone that is meant to be.
type exemption struct {
	name   string
	reason string
	holds  func(d dialect, answer oracle.Answer, got engine.Outcome) bool
}

// exemptions are all of them.
func exemptions() []exemption { return nil }

// exempt says whether a difference is on the list, and by which entry.
func exempt(d dialect, answer oracle.Answer, got engine.Outcome) (name string, ok bool) {
	for _, e := range exemptions() {
		if e.holds(d, answer, got) {
			return e.name, true
		}
	}
	return "", false
}
