package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/fedstone/fedstone/probe"
)

// bar is a piece of a span of time, in percent of it.
type bar struct {
	X, W  float64
	Class string
}

// thinnest is the least that can be seen of a piece.
const thinnest = 0.2

func newBar(from, to, whole time.Duration) bar {
	if whole <= 0 {
		return bar{}
	}
	x := percent(from, whole)
	return bar{X: min(x, 100-thinnest), W: max(thinnest, tenths(percent(to, whole)-x))}
}

// percent is between 0 and 100, whatever the clock did.
func percent(part, whole time.Duration) float64 {
	return min(max(tenths(100*float64(part)/float64(whole)), 0), 100)
}

func tenths(n float64) float64 { return math.Round(10*n) / 10 }

// walkView is a provider's walk on the page, with its requests over time.
type walkView struct {
	probe.Provider
	Anchor string
	At     string // the controller
	Span   string // how long it took
	Steps  []stepView
}

type stepView struct {
	*probe.Step
	Answer   string
	Took     string
	Requests []requestView
}

type requestView struct {
	probe.Request
	Bars   []bar
	Phases string // the same in words
}

func walkViews(f probe.Fleet) []walkView {
	var out []walkView
	for i, r := range f {
		for j, p := range r.Providers {
			v := walkView{Provider: p, Anchor: walkAnchor(i, j), At: r.Controller, Span: short(p.Took())}
			for k := range p.Steps {
				v.Steps = append(v.Steps, viewStep(p, &p.Steps[k]))
			}
			out = append(out, v)
		}
	}
	return out
}

func viewStep(p probe.Provider, s *probe.Step) stepView {
	out := stepView{Step: s, Answer: stepAnswer(s), Took: short(s.Took)}
	for _, r := range s.Requests {
		bars, words := phases(r, p.Steps[0].Start, p.Took())
		out.Requests = append(out.Requests, requestView{r, bars, words})
	}
	return out
}

// phases draws a request as pieces of a walk that began at zero, and says how long
// each piece is. What comes after a phase that did not happen belongs to the next.
func phases(r probe.Request, zero, whole time.Duration) ([]bar, string) {
	var bars []bar
	var words []string
	before := time.Duration(0)
	for _, phase := range []struct {
		class, name string
		end         time.Duration
	}{{"dns", "DNS", r.DNS}, {"tcp", "TCP", r.TCP}, {"tls", "TLS", r.TLS}, {"wait", "waiting", r.First}, {lastPhase(r), lastPhase(r), r.Done}} {
		if phase.end <= before {
			continue
		}
		one := newBar(r.Start-zero+before, r.Start-zero+phase.end, whole)
		one.Class = phase.class
		bars = append(bars, one)
		words = append(words, phase.name+" "+short(phase.end-before))
		before = phase.end
	}
	return bars, strings.Join(words, ", ")
}

// lastPhase is the body, or the failure where no answer came.
func lastPhase(r probe.Request) string {
	if r.Status == 0 {
		return "failed"
	}
	return "body"
}

// What says what was asked and what came.
func (r requestView) What() string {
	if r.Status == 0 {
		return fmt.Sprintf("%s %s: no answer", r.Method, r.URL)
	}
	return fmt.Sprintf("%s %s: %d", r.Method, r.URL, r.Status)
}
