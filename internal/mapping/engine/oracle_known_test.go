package engine_test

import (
	"strings"
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
	holds  func(answer oracle.Answer, got engine.Outcome) bool
}

// exemptions are all of them.
func exemptions() []exemption {
	return []exemption{{
		name:   "an exception behind what is left to chance",
		reason: "a text is in a set's order, and what follows raises the same exception whatever the order: the engine stops at the text",
		holds: func(answer oracle.Answer, got engine.Outcome) bool {
			return got.Undecidable != nil && answer.Class != "" && answer.Chance == oracle.Nothing
		},
	}, {
		name:   "the name of a Unicode character in an expression",
		reason: `\N{…} needs the names of all characters, a megabyte for what no mapping is known to use`,
		holds: func(_ oracle.Answer, got engine.Outcome) bool {
			return got.Undecidable != nil && strings.HasPrefix(got.Undecidable.Reason, `\N{`)
		},
	}}
}

// exempt says whether a difference is on the list.
func exempt(answer oracle.Answer, got engine.Outcome) bool {
	for _, e := range exemptions() {
		if e.holds(answer, got) {
			return true
		}
	}
	return false
}
