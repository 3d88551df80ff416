package probe

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/finding"
)

// text draws a step in one line, and what a failure needs below it. What stands
// above already, as of the first failure, is not said again.
func (s *Step) text(b *strings.Builder, opts TextOptions, first *Step) {
	mark := opts.mark(s.Verdict)
	if s.Verdict == Skip {
		fmt.Fprintf(b, "  %s %-14s %s\n", mark, s.Name, strings.Join(wrap(s.Cause, opts.width()-stepColumn), "\n"+strings.Repeat(" ", stepColumn)))
		return
	}
	fmt.Fprintf(b, "  %s %-14s %-20s %5d ms", mark, s.Name, s.answer(), s.Took.Milliseconds())
	if s.Verdict == Pass {
		s.remarks(b, opts)
		return
	}
	b.WriteString("\n")
	switch {
	case s == first:
	case first != nil && s.Cause == first.Cause && s.Mend == first.Mend:
		opts.hanging(b, "cause", "as that of "+first.Name)
	default:
		opts.details(b, s.tagged(), s.Mend)
	}
	s.evidence(b, opts)
}

// stepColumn is where what follows a step's name begins.
const stepColumn = 22

// remarks draws what a passed step tells, as far as the line goes: whoever looks
// for a failure does not read it.
func (s *Step) remarks(b *strings.Builder, opts TextOptions) {
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

// evidence draws what the verdict rests on, and the lines of files that are to blame.
func (s *Step) evidence(b *strings.Builder, opts TextOptions) {
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

// answer is what decided, in few words; "" where no request did.
func (s *Step) answer() string {
	if s.Status == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", s.Status, s.who())
}

// refusal says who answered what, or that nobody did; "" where nobody was asked.
func (s *Step) refusal() string {
	switch {
	case s.Status != 0:
		return fmt.Sprintf("%s answered %d", s.who(), s.Status)
	case s.unanswered():
		return "no answer"
	case s.who() == "none":
		return ""
	}
	return "by " + s.who()
}

// ended is the step's name, and who refused.
func (s *Step) ended() string {
	if s.refusal() == "" {
		return s.Name
	}
	return s.Name + ": " + s.refusal()
}

// tagged is the cause with its symptom's name, by which it is looked up.
func (s *Step) tagged() string {
	if s.Symptom == "" {
		return s.Cause
	}
	return s.Cause + " [" + s.Symptom + "]"
}
