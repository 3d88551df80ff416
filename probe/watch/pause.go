package watch

import (
	"net/http"
	"time"

	"github.com/fedstone/fedstone/probe"
)

// longest is how long an identity provider is left out at most, whatever
// Retry-After says: a watch that is blind for longer is none.
const longest = time.Hour

// pause is a time in which an identity provider is left out, because somebody
// asked for it with 429 (RFC 6585 section 4).
type pause struct {
	until time.Time
	times int // 429 in a row
}

func (p pause) holds(now time.Time) bool { return now.Before(p.until) }

// paused reports whether an identity provider is to be left out.
func (r *Record) paused(idp string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pauses[idp].holds(now)
}

// slow begins a pause where the walk was answered with 429, and otherwise ends the
// count: as long as Retry-After says, or else twice as long with every time.
func (r *Record) slow(w walk, every time.Duration) {
	id, now := w.provider.ID, r.pauses[w.provider.ID]
	tooMany, after := answered429(w.provider)
	if !tooMany {
		if !now.holds(w.ended) { // another controller may have begun it in this run
			delete(r.pauses, id)
		}
		return
	}
	now.times++
	if after == 0 {
		after = every << min(now.times, 12)
	}
	if until := w.ended.Add(min(after, longest)); until.After(now.until) {
		now.until = until
	}
	r.pauses[id] = now
}

// answered429 reports an answer 429 and the longest Retry-After that came with one.
func answered429(p probe.Provider) (seen bool, after time.Duration) {
	for _, s := range p.Steps {
		for _, q := range s.Requests {
			if q.Status == http.StatusTooManyRequests {
				seen, after = true, max(after, q.RetryAfter)
			}
		}
	}
	return seen, after
}
