package report

import (
	"flag"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe"
)

var update = flag.Bool("update", false, "write the golden files anew")

func textOf(t testing.TB, f probe.Fleet, opts TextOptions) string {
	t.Helper()
	var b strings.Builder
	if err := WriteText(&b, f, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	for _, name := range []string{"refused", "broken", "unproven"} {
		got := textOf(t, samples()[name], TextOptions{Source: sampleSource})
		labtest.Golden(t, filepath.Join("testdata", "report-"+name+".txt"), []byte(got), *update)
	}
	many := sample{20, 3, false}.fleet()
	breakMany(many)
	labtest.Golden(t, filepath.Join("testdata", "report-many.txt"), []byte(textOf(t, many, TextOptions{})), *update)
}

// Whoever is on call reads from above: the step, who refused, the cause and the
// mend stand before the evidence and before any step.
func TestWhatIsSeenFirst(t *testing.T) {
	got := textOf(t, probe.Fleet{{Providers: samples()["refused"][0].Providers[1:2]}}, TextOptions{})
	at := -1
	for _, word := range []string{"FAILED at exchange", "keystone answered 403", "not among the remote_ids", "openstack identity provider set", "reach", "FAIL exchange", "note  answer"} {
		next := strings.Index(got, word)
		if next <= at {
			t.Errorf("%q does not stand where it should:\n%s", word, got)
		}
		at = next
	}
}

// A text keeps to the terminal's width, but for what is pasted.
func TestWidth(t *testing.T) {
	for _, width := range []int{0, 60, 100, 200} {
		for line := range strings.Lines(textOf(t, probe.Fleet{{Providers: samples()["refused"][0].Providers}}, TextOptions{Width: width})) {
			line = strings.TrimRight(line, "\n")
			limit := max(width, 60)
			if width == 0 {
				limit = unknownWidth
			}
			if runewidth.StringWidth(line) > limit && !strings.Contains(line, "openstack ") && !strings.Contains(line, "keystone.conf:2") {
				t.Errorf("%d columns: %q", width, line)
			}
		}
	}
}

// A step that passed has one line, and tells all of it to who asks.
func TestRemarks(t *testing.T) {
	p := sampleWalk("corp")
	p.Steps[0].Notes = []string{strings.Repeat("日本 ", 20)}
	f := probe.Fleet{{Providers: []probe.Provider{p}}}
	short, long := textOf(t, f, TextOptions{}), textOf(t, f, TextOptions{Verbose: true})
	if strings.Count(short, "\n") != len(p.Steps)+7 || !strings.Contains(short, " 日本 …\n") || strings.Count(long, "日本") != 20 {
		t.Errorf("%s\n%s", short, long)
	}
}

// Colours are marks for the eye alone: without them nothing else changes.
func TestColors(t *testing.T) {
	for name, f := range samples() {
		if name == "hostile" {
			continue // holds marks of its own, which no walk lets through
		}
		plain := textOf(t, f, TextOptions{})
		colored := textOf(t, f, TextOptions{Color: true})
		if colored == plain || regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, "") != plain {
			t.Errorf("%s: colours change the text, or there are none", name)
		}
	}
}

// Passed walks have one line each, unless every step was asked for.
func TestFolding(t *testing.T) {
	f := sample{100, 3, false}.fleet()
	if n := strings.Count(textOf(t, f, TextOptions{}), "\n"); n > 110 {
		t.Errorf("%d lines for 100 providers that passed", n)
	}
	if n := strings.Count(textOf(t, f, TextOptions{Verbose: true}), "ok   exchange"); n != 300 {
		t.Errorf("%d exchanges shown, want 300", n)
	}
	breakMany(f)
	if n := strings.Count(textOf(t, f, TextOptions{}), "remote_ids of idp-007"); n != 1 {
		t.Errorf("what is the same at three controllers is told %d times", n)
	}
}

// A step that has nothing to ask here takes nothing from the proof.
func TestMootIsNoDoubt(t *testing.T) {
	p := sampleWalk("corp")
	p.Steps[6] = probe.Step{Name: "websso", Verdict: probe.Skip, Moot: true, Cause: "no dashboards in the description"}
	f := probe.Fleet{{Providers: []probe.Provider{p}}}
	if got := textOf(t, f, TextOptions{}); !strings.Contains(got, "ok: every step passed") || strings.Contains(htmlOf(t, f), "What to mend") {
		t.Error(got)
	}
}
