package watch

import (
	"slices"
	"sync"
	"time"

	"github.com/fedstone/fedstone/probe"
)

// place is an identity provider as one controller shows it; "" is the public
// address.
type place struct{ provider, controller string }

// walk is what the last run has found at a place.
type walk struct {
	provider probe.Provider
	cells    cells
	hosts    []string
	ended    time.Time
}

// Record is what the runs so far have found: the last one of each place, and
// counts. It may be used by several goroutines.
type Record struct {
	mu       sync.Mutex
	every    time.Duration
	last     map[place]walk
	failures map[failure]int
	keys     map[string]keys  // by identity provider
	pauses   map[string]pause // by identity provider
	runs     int
	missed   int
	errors   int
	began    time.Time // of the last run; zero: there was none
	took     time.Duration
	stale    bool // the description could not be read again
}

// NewRecord gives an empty Record.
func NewRecord() *Record {
	return &Record{last: map[place]walk{}, failures: map[failure]int{}, keys: map[string]keys{}, pauses: map[string]pause{}}
}

// Ready reports whether there was a run.
func (r *Record) Ready() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.runs > 0
}

// Stale notes whether the description that is in use is an older one, since what
// lies there now cannot be used.
func (r *Record) Stale(stale bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stale = stale
}

func (r *Record) miss(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.missed += n
}

func (r *Record) fail() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors++
}

// take records a run, and gives its lines.
func (r *Record) take(round Round, began, ended time.Time, every time.Duration) []Line {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.every = every
	if len(round.Fleet) == 0 {
		return nil
	}
	r.runs, r.began, r.took = r.runs+1, began, ended.Sub(began)
	lines, there := []Line(nil), map[place]bool{}
	for _, result := range round.Fleet {
		for _, p := range result.Providers {
			at := place{p.ID, result.Controller}
			there[at] = true
			lines = append(lines, r.visit(at, walk{p, tally(result.Isolation, p.ID), round.Hosts, ended}))
		}
	}
	r.forget(there)
	return lines
}

// visit records what was found at a place, and gives its line.
func (r *Record) visit(at place, now walk) Line {
	before, known := r.last[at]
	changes := changed(before, now, known)
	if r.rotated(now) {
		changes = append(changes, KeysChanged)
	}
	r.last[at] = now
	r.count(at, now.provider.Steps)
	r.slow(now, r.every)
	line := lineOf(at, now, changes)
	line.Time, line.Run, line.Missed = r.began.UTC().Truncate(time.Millisecond), r.runs, r.missed
	return line
}

// forget drops what the description no longer has. What was left out for a pause
// stays as it was.
func (r *Record) forget(there map[place]bool) {
	kept := map[string]bool{}
	for at := range r.last {
		if !there[at] && !r.pauses[at.provider].holds(r.began) {
			delete(r.last, at)
			continue
		}
		kept[at.provider] = true
	}
	for f := range r.failures {
		if _, known := r.last[f.place]; !known {
			delete(r.failures, f)
		}
	}
	for _, id := range r.providers() {
		if !kept[id] {
			delete(r.keys, id)
			delete(r.pauses, id)
		}
	}
}

// providers are the ids that something is kept for.
func (r *Record) providers() []string {
	var out []string
	for id := range r.keys {
		out = append(out, id)
	}
	for id := range r.pauses {
		out = append(out, id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
