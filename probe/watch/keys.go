package watch

import (
	"slices"
	"time"

	"github.com/fedstone/fedstone/probe"
)

// keys are the ids of an issuer's keys as they were seen last, and their changes.
type keys struct {
	ids     []string
	changes int
	changed time.Time // zero: never
}

// rotated records the keys of a walk, and reports whether they are others than
// before. The first ones are no change, and neither is a walk that saw none.
func (r *Record) rotated(w walk) bool {
	id, ids := w.provider.ID, slices.Compact(slices.Clone(w.provider.Seen.KeyIDs))
	if len(ids) == 0 {
		return false
	}
	before, known := r.keys[id]
	if known && slices.Equal(before.ids, ids) {
		return false
	}
	before.ids = ids
	if known {
		before.changes, before.changed = before.changes+1, w.ended
	}
	r.keys[id] = before
	return known
}

// keysMaxAge is how long the issuer lets its keys be kept (Cache-Control); 0:
// it says nothing.
func keysMaxAge(p probe.Provider) time.Duration {
	for _, s := range p.Steps {
		if s.Name == "jwks" && len(s.Requests) > 0 {
			return s.Requests[len(s.Requests)-1].MaxAge
		}
	}
	return 0
}
