package report

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/probe"
)

// drawStep draws a step in one line, and what a failure needs below it. What stands
// above already, as of the first failure, is not said again.
func drawStep(b *strings.Builder, s *probe.Step, opts TextOptions, first *probe.Step) {
	mark := opts.mark(s.Verdict)
	if s.Verdict == probe.Skip {
		fmt.Fprintf(b, "  %s %-14s %s\n", mark, s.Name, strings.Join(wrap(s.Cause, opts.width()-stepColumn), "\n"+strings.Repeat(" ", stepColumn)))
		return
	}
	fmt.Fprintf(b, "  %s %-14s %-20s %5d ms", mark, s.Name, stepAnswer(s), s.Took.Milliseconds())
	if s.Verdict == probe.Pass {
		drawRemarks(b, s, opts)
		return
	}
	b.WriteString("\n")
	switch {
	case s == first:
	case first != nil && s.Cause == first.Cause && s.Mend == first.Mend:
		opts.hanging(b, "cause", "as that of "+first.Name)
	default:
		opts.details(b, tagged(s.Cause, s.Symptom), s.Mend)
	}
	drawEvidence(b, s, opts)
}

// stepColumn is where what follows a step's name begins.
const stepColumn = 22

// drawRemarks draws what a passed step tells, as far as the line goes: whoever looks
// for a failure does not read it.
func drawRemarks(b *strings.Builder, s *probe.Step, opts TextOptions) {
	const column, fewest = 53, 12
	text := strings.Join(s.Notes, "; ")
	room := opts.width() - column
	switch {
	case text != "" && runewidth.StringWidth(text) <= room:
		fmt.Fprintf(b, "  %s\n", text)
	case opts.Verbose:
		b.WriteString("\n")
		opts.hanging(b, "note", text)
	case text != "" && room >= fewest:
		fmt.Fprintf(b, "  %s\n", runewidth.Truncate(text, room, "…"))
	default:
		b.WriteString("\n")
	}
}

// drawEvidence draws what the verdict rests on, and the lines of files that are to blame.
func drawEvidence(b *strings.Builder, s *probe.Step, opts TextOptions) {
	for _, n := range s.Notes {
		opts.hanging(b, "note", n)
	}
	if len(s.Findings) == 0 {
		return
	}
	var text strings.Builder
	_ = finding.WriteText(&text, s.Findings, finding.TextOptions{Color: opts.Color, Source: opts.Source}) // a strings.Builder never fails
	for line := range strings.Lines(text.String()) {
		b.WriteString(strings.Repeat(" ", 7) + line)
	}
}

// stepAnswer is what decided, in few words; "" where no request did.
func stepAnswer(s *probe.Step) string {
	if s.Status == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", s.Status, s.Who())
}

// refusal says who answered what, or that nobody did; "" where nobody was asked.
func refusal(s *probe.Step) string {
	switch {
	case s.Status != 0:
		return fmt.Sprintf("%s answered %d", s.Who(), s.Status)
	case unanswered(s):
		return "no answer"
	case s.Who() == "none":
		return ""
	}
	return "by " + s.Who()
}

// refusedAt is the step's name, and who refused.
func refusedAt(s *probe.Step) string {
	if refusal(s) == "" {
		return s.Name
	}
	return s.Name + ": " + refusal(s)
}

// tagged is a cause with its symptom's slug, which `fedstone explain` takes.
func tagged(cause, symptom string) string {
	if symptom == "" {
		return cause
	}
	return cause + " [" + symptom + "]"
}
