package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// BenchmarkRender is the making of all files of a controller in memory, against
// Jinja2 making the same files of templates compiled before and of plain data: it
// is given what we derive (passphrases, escaped issuers, the manifest's digests).
// The second row adds what Jinja2 does not do at all, the reading back; Write,
// Check and Diff never go without it.
func BenchmarkRender(b *testing.B) {
	const providers = 10_000
	fed, in := generated(providers)
	peer := newJinja(b, fed, in, render(b, fed, in))
	for _, c := range []struct {
		name, what, bound string
		run               func()
	}{
		{"generation", "render of %d identity providers in memory", "≤ 1 × Jinja2", func() { render(b, fed, in) }},
		{"proof", "render of %d, and all of it read back", "none: Jinja2 reads nothing back", func() { prove(b, render(b, fed, in)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			ours, theirs := func() time.Duration { return timed(c.run) }, func() time.Duration { return peer.ask(b).took() }
			for b.Loop() {
				a, p, ratio := pairs(b, 9, ours, theirs)
				row{fmt.Sprintf(c.what, providers), inMS(a), inMS(p) + " (Jinja2, the same files)", fmt.Sprintf("%.2f", ratio), c.bound}.write(b)
			}
		})
	}
}

func render(b *testing.B, fed *spec.Federation, in templates.Inputs) *templates.Bundle {
	b.Helper()
	bundle, findings, err := templates.Render(fed, in)
	if err != nil || findings.HasErrors() {
		b.Fatal(err, findings)
	}
	return bundle
}

func prove(b *testing.B, bundle *templates.Bundle) {
	b.Helper()
	if err := bundle.Verify(); err != nil {
		b.Fatal(err)
	}
}

// jinja is a Python process that renders when it is asked to.
type jinja struct {
	ask func(*testing.B) rendering
}

// rendering is the answer to one request: see testdata/jinja2/peer.py.
type rendering struct {
	Seconds float64 `json:"seconds"`
	Bytes   int     `json:"bytes"`
	Files   int     `json:"files"`
}

func (r rendering) took() time.Duration { return time.Duration(r.Seconds * float64(time.Second)) }

// newJinja starts the peer, and gives it what it renders.
func newJinja(b *testing.B, fed *spec.Federation, in templates.Inputs, ours *templates.Bundle) jinja {
	b.Helper()
	if out, err := exec.Command("python3", "-c", "import jinja2").CombinedOutput(); err != nil {
		labtest.Require(b, fmt.Sprintf("no Jinja2 (python3-jinja2): %v %s", err, out))
	}
	cmd := exec.Command("python3", "testdata/jinja2/peer.py")
	cmd.Stderr = os.Stderr
	questions, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = questions.Close(); _ = cmd.Wait() })
	if err := json.NewEncoder(questions).Encode(peerData(b, fed, in, ours)); err != nil {
		b.Fatal(err)
	}
	j := jinja{conversation(questions, bufio.NewReader(answers))}
	j.same(b, ours)
	return j
}

// same holds the peer's output against ours: the same files, and within a
// twentieth the same size.
func (j jinja) same(b *testing.B, ours *templates.Bundle) {
	b.Helper()
	size := 0
	for _, f := range ours.Files {
		size += len(f.Content)
	}
	got := j.ask(b)
	if got.Files != len(ours.Files) || math.Abs(float64(got.Bytes-size)) > 0.05*float64(size) {
		b.Fatalf("Jinja2 makes %d files of %d bytes, ours are %d of %d: bring testdata/jinja2 up to date", got.Files, got.Bytes, len(ours.Files), size)
	}
}

func conversation(questions io.Writer, answers *bufio.Reader) func(*testing.B) rendering {
	return func(b *testing.B) rendering {
		b.Helper()
		var r rendering
		if _, err := io.WriteString(questions, "render\n"); err != nil {
			b.Fatal(err)
		}
		line, err := answers.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &r)
		}
		if err != nil {
			b.Fatal("the peer: ", err)
		}
		runtime.GC() // what the last rendering left must not weigh on the next
		return r
	}
}
