package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/junit"
	"github.com/fedstone/fedstone/probe"
)

// stepComplaint is what a test server shows of a step that did not pass: who refused
// and the cause in one line, then the mend, the evidence and the findings.
func stepComplaint(s *probe.Step) junit.Failure {
	message := s.Cause
	if by := refusal(s); s.Verdict == probe.Fail && by != "" {
		message = by + ": " + s.Cause
	}
	var b strings.Builder
	told(&b, "cause", s.Cause)
	told(&b, "mend", s.Mend)
	for _, n := range s.Notes {
		told(&b, "note", n)
	}
	_ = finding.WriteText(&b, s.Findings, finding.TextOptions{}) // a strings.Builder never fails
	return junit.Failure{Type: cmp.Or(s.Symptom, "failed"), Message: finding.Printable(message), Text: b.String()}
}

func cellComplaint(c probe.Cell) junit.Failure {
	message := c.Cause
	if c.Verdict == probe.Fail {
		message = fmt.Sprintf("%s, expected %s: %s", answerOf(c), c.Want, c.Cause)
	}
	var b strings.Builder
	told(&b, "cause", c.Cause)
	told(&b, "mend", c.Mend)
	kind := "failed"
	if c.Critical {
		kind = "let-in"
	}
	return junit.Failure{Type: cmp.Or(c.Symptom, kind), Message: finding.Printable(message), Text: b.String()}
}

func told(b *strings.Builder, name, text string) {
	if text != "" {
		fmt.Fprintf(b, "%-6s%s\n", name, strings.ReplaceAll(finding.PrintableLines(text), "\n", "\n      "))
	}
}
