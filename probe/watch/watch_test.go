package watch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe"
)

// fakeClock goes on when somebody sleeps, and ends the watch at its end.
type fakeClock struct {
	now  time.Time
	end  time.Time
	stop context.CancelFunc
}

func (c *fakeClock) Now() time.Time { return c.now }

func (c *fakeClock) Sleep(_ context.Context, until time.Time) {
	if c.now = until; !c.now.Before(c.end) {
		c.stop()
	}
}

var midnight = time.Date(2030, 1, 31, 0, 0, 0, 0, time.UTC)

// fakeProbe makes the runs of a test, one function each; the last one goes on.
type fakeProbe struct {
	clock *fakeClock
	runs  []func(round *Round) error
	asked []time.Duration // since midnight
}

func (f *fakeProbe) probe(context.Context, func(string) bool) (Round, error) {
	n := min(len(f.asked), len(f.runs)-1)
	f.asked = append(f.asked, f.clock.now.Sub(midnight))
	round := Round{Fleet: probe.Fleet{{}}, Hosts: []string{"keystone.example.org:5000"}}
	err := f.runs[n](&round)
	return round, err
}

// watched runs a watch every 30 s for a time, and gives its lines and words.
func watched(t *testing.T, length time.Duration, runs ...func(*Round) error) (f *fakeProbe, r *Record, lines []Line, words []string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	clock := &fakeClock{now: midnight, end: midnight.Add(length), stop: stop}
	f, r = &fakeProbe{clock: clock, runs: runs}, NewRecord()
	var out bytes.Buffer
	w := Watch{Every: 30 * time.Second, Probe: f.probe, Clock: clock, Record: r, Lines: &out, Tell: func(s string) { words = append(words, s) }}
	if err := w.Run(ctx); err != nil {
		t.Fatal(err)
	}
	for text := range strings.Lines(out.String()) {
		var l Line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		lines = append(lines, l)
	}
	return f, r, lines, words
}

func good(id string) probe.Provider {
	return probe.Provider{
		ID: id, Issuer: "https://sso.example.org", Protocol: "openid",
		Steps: []probe.Step{
			{Name: "reach", Verdict: probe.Pass, Took: time.Millisecond},
			{Name: "jwks", Verdict: probe.Pass, Start: time.Millisecond, Took: time.Millisecond, Requests: []probe.Request{{Status: 200, MaxAge: time.Hour}}},
			{Name: "exchange", Verdict: probe.Pass, Start: 2 * time.Millisecond, Took: time.Millisecond},
			{Name: "websso", Verdict: probe.Skip, Moot: true, Start: 3 * time.Millisecond},
		},
		Seen: probe.Seen{
			TokenExpires: midnight.Add(24 * time.Hour), KeystoneExpires: midnight.Add(48 * time.Hour), KeyIDs: []string{"k1", "k2"},
			Certificates: []probe.Certificate{{Host: "keystone.example.org:5000", NotAfter: midnight.Add(90 * 24 * time.Hour)}, {Host: "elsewhere.example.net", NotAfter: midnight.Add(time.Hour)}},
		},
	}
}

func bad(id string) probe.Provider {
	p := good(id)
	p.Steps[2] = probe.Step{
		Name: "exchange", Verdict: probe.Fail, Status: 401, AnsweredBy: keystone.ByHTTPD, Symptom: "token-expired", Cause: "the token has expired", Mend: "look at the clock",
		Start: 2 * time.Millisecond, Took: 5 * time.Millisecond,
	}
	p.Steps = append(p.Steps, probe.Step{Name: "body", Verdict: probe.Skip, Cause: "needs a Keystone token"})
	return p
}

// brings makes a run that finds these providers.
func brings(all ...probe.Provider) func(*Round) error {
	return func(r *Round) error { r.Fleet[0].Providers = all; return nil }
}

func TestBeat(t *testing.T) {
	const every = 30 * time.Second
	for took, want := range map[time.Duration]struct {
		next   time.Duration
		missed int
	}{
		0: {every, 0}, time.Second: {every, 0}, every: {every, 0}, every + 1: {2 * every, 1}, 61 * time.Second: {90 * time.Second, 2}, time.Hour: {time.Hour, 119},
	} {
		next, missed := following(midnight, midnight.Add(took), every)
		if next.Sub(midnight) != want.next || missed != want.missed {
			t.Errorf("after a run of %s: next at %s, %d missed; want %v", took, next.Sub(midnight), missed, want)
		}
	}
}

// Runs begin on the beat, a long one costs those that it covers.
func TestStartToStart(t *testing.T) {
	f, r, lines, _ := watched(t, 3*time.Minute, func(round *Round) error { return brings(good("corp"))(round) })
	if want := []time.Duration{0, 30e9, 60e9, 90e9, 120e9, 150e9}; !slices.Equal(f.asked, want) || len(lines) != 6 || r.missed != 0 {
		t.Errorf("asked at %v, %d lines, %d missed", f.asked, len(lines), r.missed)
	}
	var slow *fakeProbe
	ctx, stop := context.WithCancel(t.Context())
	clock := &fakeClock{now: midnight, end: midnight.Add(3 * time.Minute), stop: stop}
	slow = &fakeProbe{clock: clock, runs: []func(*Round) error{func(round *Round) error {
		clock.now = clock.now.Add(65 * time.Second)
		return brings(good("corp"))(round)
	}}}
	record := NewRecord()
	w := Watch{Every: 30 * time.Second, Probe: slow.probe, Clock: clock, Record: record, Lines: io.Discard}
	if err := w.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if want := []time.Duration{0, 90e9}; !slices.Equal(slow.asked, want) || record.missed != 4 {
		t.Errorf("slow runs at %v, %d missed", slow.asked, record.missed)
	}
}

func TestChanges(t *testing.T) {
	other := bad("corp")
	other.Steps[2].Symptom, other.Steps[2].Cause = "", "something else"
	rotated := good("corp")
	rotated.Seen.KeyIDs = []string{"k2", "k3"}
	blind := rotated
	blind.Seen.KeyIDs = nil
	_, r, lines, words := watched(t, 9*30*time.Second,
		brings(good("corp")), brings(bad("corp")), brings(bad("corp")), brings(other), brings(good("corp")),
		brings(rotated), brings(blind), brings(rotated), brings(bad("corp")))
	want := [][]Change{{}, {Failed}, {}, {FailsOtherwise}, {Recovered}, {KeysChanged}, {}, {}, {Failed, KeysChanged}}
	for i, l := range lines {
		if diff := cmp.Diff(want[i], l.Changes); diff != "" {
			t.Errorf("run %d (-want +got):\n%s", i+1, diff)
		}
	}
	if len(lines) != len(want) || len(words) != 6 || r.keys["corp"].changes != 2 {
		t.Errorf("%d lines, words %q, keys %+v", len(lines), words, r.keys)
	}
	if want := "2030-01-31T00:00:30Z corp: failed: exchange: the token has expired [token-expired]\nlook at the clock"; words[0] != want {
		t.Errorf("told %q, want %q", words[0], want)
	}
	failed := lines[1]
	if failed.OK || failed.FailedStep != "exchange" || failed.Symptom != "token-expired" || failed.Status != 401 || failed.AnsweredBy != "httpd" || failed.StepsMS["exchange"] != 5 {
		t.Errorf("the line of a failure: %+v", failed)
	}
}

func TestFailsAtOnce(t *testing.T) {
	_, _, lines, _ := watched(t, 30*time.Second, brings(bad("corp")))
	if len(lines) != 1 || !slices.Equal(lines[0].Changes, []Change{Failed}) {
		t.Errorf("%+v", lines)
	}
}

func TestIsolationChanges(t *testing.T) {
	with := func(verdict probe.Verdict, critical bool) func(*Round) error {
		return func(r *Round) error {
			r.Fleet[0].Providers = []probe.Provider{good("corp"), good("partner")}
			r.Fleet[0].Isolation = []probe.Cell{{Provider: "corp", Verdict: verdict, Critical: critical}, {Provider: "partner", Verdict: probe.Pass}}
			return nil
		}
	}
	_, _, lines, words := watched(t, 3*30*time.Second, with(probe.Pass, false), with(probe.Fail, true), with(probe.Pass, false))
	want := [][]Change{{}, {}, {IsolationFailed}, {}, {IsolationRecovered}, {}}
	for i, l := range lines {
		if diff := cmp.Diff(want[i], l.Changes); diff != "" {
			t.Errorf("line %d (-want +got):\n%s", i+1, diff)
		}
	}
	if lines[2].OK || !lines[3].OK || *lines[2].Isolation != (isolation{1, 1, 1}) || !strings.Contains(words[0], "1 of 1 cells, 1 of them let in") {
		t.Errorf("%+v, %q", lines[2], words)
	}
}

// A 429 silences one identity provider, for as long as it asks for, and not for
// ever; the others go on.
func TestTooManyRequests(t *testing.T) {
	limited := func(after time.Duration) probe.Provider {
		p := bad("corp")
		p.Steps[0].Requests = []probe.Request{{Status: 429, RetryAfter: after}}
		return p
	}
	for name, c := range map[string]struct {
		after time.Duration
		want  []bool // corp is left out, run by run
	}{
		"Retry-After":        {75 * time.Second, []bool{false, true, true, false, true, true, false}},
		"none: doubling":     {0, []bool{false, true, false, true, true, true, false, true}},
		"shorter than usual": {time.Second, []bool{false, false, false}},
	} {
		ctx, stop := context.WithCancel(t.Context())
		clock := &fakeClock{now: midnight, end: midnight.Add(time.Duration(len(c.want)) * 30 * time.Second), stop: stop}
		var left []bool
		record := NewRecord()
		w := Watch{Every: 30 * time.Second, Clock: clock, Record: record, Lines: io.Discard, Probe: func(_ context.Context, leaveOut func(string) bool) (Round, error) {
			left = append(left, leaveOut("corp"))
			all := []probe.Provider{good("partner")}
			if !leaveOut("corp") {
				all = append(all, limited(c.after))
			}
			return Round{Fleet: probe.Fleet{{Providers: all}}}, nil
		}}
		if err := w.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(left, c.want) || len(record.last) != 2 {
			t.Errorf("%s: left out %v, want %v; %d places", name, left, c.want, len(record.last))
		}
	}
}

// What asks for years has an hour.
func TestLongestPause(t *testing.T) {
	r, p := NewRecord(), good("corp")
	p.Steps[0].Requests = []probe.Request{{Status: 429, RetryAfter: 10 * 365 * 24 * time.Hour}}
	r.slow(walk{provider: p, ended: midnight}, time.Minute)
	if !r.paused("corp", midnight.Add(time.Hour-1)) || r.paused("corp", midnight.Add(time.Hour)) {
		t.Errorf("left out until %s", r.pauses["corp"].until)
	}
}

// The first run that cannot be made ends the watch; a later one is told once.
func TestNoRun(t *testing.T) {
	broken := errors.New("no CA file")
	failing := func(*Round) error { return broken }
	w := Watch{Every: time.Second, Clock: System{}, Record: NewRecord(), Lines: io.Discard, Probe: func(context.Context, func(string) bool) (Round, error) { return Round{}, broken }}
	if err := w.Run(t.Context()); !errors.Is(err, broken) {
		t.Errorf("the first: %v", err)
	}
	_, r, lines, words := watched(t, 5*30*time.Second, brings(good("corp")), failing, failing, brings(good("corp")), failing)
	if r.errors != 3 || r.runs != 2 || len(lines) != 2 || !slices.Equal(words, []string{"no run: no CA file", "no run: no CA file"}) {
		t.Errorf("%d errors, %d runs, %d lines, %q", r.errors, r.runs, len(lines), words)
	}
}

// A run that was cut short says nothing about the cloud.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var out bytes.Buffer
	w := Watch{Every: time.Second, Clock: System{}, Record: NewRecord(), Lines: &out, Probe: func(context.Context, func(string) bool) (Round, error) {
		stop()
		return Round{Fleet: probe.Fleet{{Providers: []probe.Provider{bad("corp")}}}}, nil
	}}
	if err := w.Run(ctx); err != nil || out.Len() > 0 || w.Record.Ready() {
		t.Errorf("%v, %s", err, out.String())
	}
}

// Nobody reads any more: the watch ends.
func TestBrokenPipe(t *testing.T) {
	read, write := io.Pipe()
	_ = read.Close()
	f := &fakeProbe{clock: &fakeClock{now: midnight}, runs: []func(*Round) error{brings(good("corp"))}}
	w := Watch{Every: time.Second, Clock: f.clock, Record: NewRecord(), Lines: write, Probe: f.probe}
	if err := w.Run(t.Context()); !errors.Is(err, io.ErrClosedPipe) || len(f.asked) != 1 {
		t.Errorf("%v after %d runs", err, len(f.asked))
	}
}

// What the description no longer has is forgotten, with its counts.
func TestForgotten(t *testing.T) {
	_, r, _, _ := watched(t, 60*time.Second, brings(bad("corp"), bad("partner")), brings(good("partner")))
	if len(r.last) != 1 || len(r.failures) != 1 || len(r.keys) != 1 {
		t.Errorf("%d places, %d failures, %d key sets", len(r.last), len(r.failures), len(r.keys))
	}
}
