package probe

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
)

// TextOptions say how WriteText draws.
type TextOptions struct{ Color bool }

// WriteText draws the runs for a person: one line a step, the cause and the
// mend below a failed one, then the isolation matrix; each controller by itself.
func (f Fleet) WriteText(w io.Writer, opts TextOptions) error {
	var b strings.Builder
	for i, r := range f {
		if i > 0 {
			b.WriteString("\n")
		}
		r.text(&b, opts)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Result) text(b *strings.Builder, opts TextOptions) {
	if r.Controller != "" {
		fmt.Fprintf(b, "== controller %s\n", r.Controller)
	}
	for i, p := range r.Providers {
		if i > 0 {
			b.WriteString("\n")
		}
		p.text(b, opts)
	}
	if len(r.Isolation) > 0 {
		r.matrix(b, opts)
	}
	fmt.Fprintf(b, "\n%s\n", r.summary(opts))
}

func (p Provider) text(b *strings.Builder, opts TextOptions) {
	fmt.Fprintf(b, "%s (%s)\n", p.ID, p.Issuer)
	for _, s := range p.Steps {
		s.text(b, opts)
	}
	if p.User != "" {
		fmt.Fprintf(b, "  user %s, projects: %s\n", p.User, listOr(p.Projects, "none"))
	}
}

func (s Step) text(b *strings.Builder, opts TextOptions) {
	mark := opts.mark(s.Verdict)
	if s.Verdict == Skip {
		fmt.Fprintf(b, "  %s %-14s %s\n", mark, s.Name, s.Cause)
		return
	}
	answer := ""
	if s.Status != 0 {
		answer = fmt.Sprintf("%d %s", s.Status, s.who())
	}
	fmt.Fprintf(b, "  %s %-14s %-21s %6d ms", mark, s.Name, answer, s.Took.Milliseconds())
	if s.Verdict == Pass && len(s.Notes) > 0 {
		fmt.Fprintf(b, "  %s", strings.Join(s.Notes, "; "))
	}
	b.WriteString("\n")
	details(b, s.Cause, s.Mend)
	if s.Verdict == Fail {
		for _, n := range s.Notes {
			fmt.Fprintf(b, "       note  %s\n", n)
		}
	}
}

func details(b *strings.Builder, cause, mend string) {
	if cause != "" {
		fmt.Fprintf(b, "       cause %s\n", cause)
	}
	if mend != "" {
		fmt.Fprintf(b, "       mend  %s\n", mend)
	}
}

// mark gives a verdict's word, four wide.
func (o TextOptions) mark(v Verdict) string {
	word := map[Verdict]string{Pass: "ok  ", Fail: "FAIL", Skip: "skip"}[v]
	return o.paint(word, map[Verdict]color.Attribute{Pass: color.FgGreen, Fail: color.FgRed, Skip: color.FgYellow}[v])
}

func (o TextOptions) paint(word string, a color.Attribute) string {
	c := color.New(a, color.Bold)
	c.DisableColor()
	if o.Color {
		c.EnableColor()
	}
	return c.Sprint(word)
}

func listOr(list []string, empty string) string {
	if len(list) == 0 {
		return empty
	}
	return strings.Join(list, ", ")
}

func (r Result) summary(opts TextOptions) string {
	failed, critical := 0, 0
	for _, p := range r.Providers {
		for _, s := range p.Steps {
			failed += count(s.Verdict == Fail)
		}
	}
	for _, c := range r.Isolation {
		failed += count(c.Verdict == Fail)
		critical += count(c.Critical)
	}
	switch {
	case r.OK():
		return opts.paint("ok", color.FgGreen) + ": every step passed" + r.cells()
	case r.Stopped != "":
		return opts.paint(r.Stopped, color.FgYellow) + ": the Keystone tokens were revoked"
	case critical > 0:
		return opts.paint("CRITICAL", color.FgRed) + fmt.Sprintf(": %d let in that must be refused; %d failed in all", critical, failed)
	case failed == 0:
		return opts.paint("not proven", color.FgYellow) + ": steps were skipped"
	default:
		return opts.paint("failed", color.FgRed) + fmt.Sprintf(": %d failed; the first one is the one to mend first", failed)
	}
}

func (r Result) cells() string {
	if len(r.Isolation) == 0 {
		return ""
	}
	return fmt.Sprintf(", and all %d cells of the isolation matrix are as they must be", len(r.Isolation))
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
