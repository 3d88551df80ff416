package watch

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/fedstone/fedstone/probe"
)

// size is what a watch must not have more of with time.
type size struct {
	heap       uint64
	goroutines int
	series     int
}

func measure(t *testing.T, r *Record) size {
	t.Helper()
	series, err := testutil.GatherAndCount(registry(r, "v1"), Names()...)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return size{m.HeapAlloc, runtime.NumGoroutine(), series}
}

// expectNoMore allows the heap 1 MB, less than ten bytes for each of the runs.
func expectNoMore(t *testing.T, before, after size) {
	t.Helper()
	t.Logf("heap %d KB, then %d KB; goroutines %d, %d; series %d, %d",
		before.heap>>10, after.heap>>10, before.goroutines, after.goroutines, before.series, after.series)
	if after.heap > before.heap+1<<20 || after.goroutines > before.goroutines || after.series > before.series {
		t.Errorf("grown: %+v, then %+v", before, after)
	}
}

// unsteady is a cloud in which something is otherwise in every run: who fails and
// for what, the keys, the hosts that answers lead to, and texts that never come again.
func unsteady(n int) probe.Fleet {
	var all []probe.Provider
	for i, id := range []string{"corp", "partner", "campus"} {
		p := good(id)
		if (n+i)%3 == 0 {
			p = bad(id)
			p.Steps[2].Cause = fmt.Sprintf("run %d", n)
		}
		if n%100 == 0 {
			p.Steps[0].Requests = []probe.Request{{Status: 429}}
		}
		p.Seen.KeyIDs = []string{fmt.Sprintf("key-%d", n/10)}
		p.Seen.Certificates = append(p.Seen.Certificates, probe.Certificate{Host: fmt.Sprintf("host-%d.example.net", n), NotAfter: midnight})
		all = append(all, p)
	}
	return probe.Fleet{{Providers: all, Isolation: []probe.Cell{{Provider: "corp", Verdict: probe.Pass}}}}
}

// TestThousandHours: 120 000 runs, one every 30 s.
func TestThousandHours(t *testing.T) {
	const runs = 120_000
	ctx, stop := context.WithCancel(t.Context())
	clock := &fakeClock{now: midnight, end: midnight.Add(runs * 30 * time.Second), stop: stop}
	r, n, before := NewRecord(), 0, size{}
	w := Watch{Every: 30 * time.Second, Clock: clock, Record: r, Lines: io.Discard, Tell: func(string) {}, Probe: func(context.Context, func(string) bool) (Round, error) {
		if n++; n == runs/10 {
			before = measure(t, r)
		}
		return Round{Fleet: unsteady(n), Hosts: []string{"keystone.example.org:5000"}}, nil
	}}
	if err := w.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if n != runs || r.runs != runs {
		t.Errorf("%d runs, %d of them recorded; want %d", n, r.runs, runs)
	}
	expectNoMore(t, before, measure(t, r))
}

// A scrape may come at any time. Under the race detector this proves more.
func TestScrapeDuringRuns(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	clock := &fakeClock{now: midnight, end: midnight.Add(500 * 30 * time.Second), stop: stop}
	r, n := NewRecord(), 0
	all := registry(r, "v1")
	scraped := make(chan error, 1)
	go func() {
		for ctx.Err() == nil {
			if _, err := all.Gather(); err != nil {
				scraped <- err
				return
			}
			r.Ready()
		}
		scraped <- nil
	}()
	w := Watch{Every: 30 * time.Second, Clock: clock, Record: r, Lines: io.Discard, Probe: func(context.Context, func(string) bool) (Round, error) {
		n++
		r.Stale(n%2 == 0)
		return Round{Fleet: unsteady(n)}, nil
	}}
	if err := w.Run(ctx); err != nil {
		t.Error(err)
	}
	if err := <-scraped; err != nil {
		t.Error(err)
	}
}
