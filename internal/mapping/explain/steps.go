package explain

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// alike is how many steps of one kind are told one by one.
const alike = 4

// longStep is where the sentence of a step is cut: it may hold a claim's value.
const longStep = 400

// step is one step of Keystone's as it is drawn, or several of one kind.
type step struct{ Class, Text, Otherwise string }

// steps gives what Keystone does next. What follows when the cloud is not as it
// needs is told once for steps in a row that fail alike.
func (r Report) steps() []step {
	if r.Next == nil {
		return nil
	}
	var out []step
	for rest := r.Next.Steps; len(rest) > 0; {
		n := run(rest)
		out = append(out, told(rest[:n])...)
		rest = rest[n:]
	}
	if e := r.Next.Error; e != nil {
		out = append(out, step{Class: "bad", Text: ended(e.Status, e.Class, e.Message).Text})
	}
	return out
}

// run gives how many steps from the first on fail alike.
func run(steps []engine.Step) int {
	n := 1
	for n < len(steps) && steps[0].Otherwise != "" && steps[n].Otherwise == steps[0].Otherwise {
		n++
	}
	return n
}

func told(run []engine.Step) []step {
	shown := run
	if len(run) > alike {
		shown = run[:alike-1]
	}
	out := make([]step, 0, alike)
	for _, s := range shown {
		out = append(out, step{Text: cut(finding.Printable(claims.Shown(s.Does)), longStep)})
	}
	if more := len(run) - len(shown); more > 0 {
		out = append(out, step{Text: fmt.Sprintf("and so for %d more", more)})
	}
	out[len(out)-1].Otherwise = otherwise(run[0])
	return out
}

// otherwise says what comes when the cloud is not as a step needs it.
func otherwise(s engine.Step) string {
	switch {
	case s.Otherwise == "":
		return ""
	case s.Status == 0:
		return "if not: " + finding.Printable(s.Otherwise)
	}
	return fmt.Sprintf("if not: %s → %d", finding.Printable(s.Otherwise), s.Status)
}

// asides gives what is easily expected and does not happen.
func (r Report) asides() []string {
	if r.Next == nil {
		return nil
	}
	var out []string
	for _, note := range r.Next.Notes {
		out = append(out, cut(finding.Printable(note), longStep))
	}
	return out
}
