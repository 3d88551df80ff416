package main

import (
	"context"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/probe/watch"
)

// hurried is a clock for a watch that never waits.
type hurried struct {
	now    time.Time
	rounds int
	each   func(rounds int)
}

func (h *hurried) Now() time.Time { return h.now }

func (h *hurried) Sleep(_ context.Context, until time.Time) {
	h.now = until
	h.rounds++
	h.each(h.rounds)
}

// holding is what a process must not have more of with every run.
type holding struct {
	heap              uint64
	goroutines, files int
}

func holds(t *testing.T) holding {
	t.Helper()
	time.Sleep(300 * time.Millisecond) // the servers of this process notice that a connection has ended
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return holding{m.HeapAlloc, runtime.NumGoroutine(), len(files)}
}

// TestProbeWatchDoesNotGrow makes whole runs, from the description to the revoked
// tokens, in this process, in which Keystone and the issuer live, too. What those
// two keep of each request is theirs: 8 KB a run.
func TestProbeWatchDoesNotGrow(t *testing.T) {
	const rounds = 300
	by, _, at := describedCaller(t)
	t.Chdir(by.dir)
	t.Setenv("CLI_SECRET", by.env["CLI_SECRET"])
	t.Setenv("OS_CACERT", "") // a lab's; the description names its own
	ctx, stop := context.WithCancel(t.Context())
	var before, after holding
	clock := &hurried{now: time.Now(), each: func(n int) {
		switch n {
		case rounds / 10:
			before = holds(t)
		case rounds:
			after = holds(t)
			stop()
		}
	}}
	var lines strings.Builder
	app := newApp(strings.NewReader(""), &lines, io.Discard)
	app.Command("probe").Action = func(c *cli.Context) error {
		record := watch.NewRecord()
		source := &rereader{c: c, record: record}
		if err := source.begin(); err != nil {
			return err
		}
		w := watch.Watch{Every: 30 * time.Second, Clock: clock, Probe: source.probe, Record: record, Lines: c.App.Writer}
		return w.Run(c.Context)
	}
	if err := app.RunContext(ctx, []string{"fedstone", "probe", "--watch", "30s"}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(lines.String(), `"ok":true`); n != rounds {
		t.Fatalf("%d of %d runs passed\n%.500s", n, rounds, lines.String())
	}
	t.Logf("after %d runs %+v, after %d runs %+v", rounds/10, before, rounds, after)
	if after.heap > before.heap+rounds*8<<10 || after.goroutines > before.goroutines+4 || after.files > before.files+4 {
		t.Errorf("after %d runs %+v, after %d runs %+v", rounds/10, before, rounds, after)
	}
	if n := at.ValidTokens(); n != 0 {
		t.Errorf("%d tokens are still valid", n)
	}
}
