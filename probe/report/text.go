package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/probe"
)

// TextOptions say how WriteText draws.
type TextOptions struct {
	Color   bool
	Width   int  // columns of the terminal; 0: not known, 80
	Verbose bool // every step of every provider, and all that a passed one tells
	// Source gives a file's text for the lines that findings are about; nil, or a
	// nil result, draws none.
	Source func(path string) []byte
}

// WriteText draws the runs for a person: of each provider what failed first, who
// refused, the cause and the mend, then one line a step; then the isolation
// matrix, each controller by itself, and a summary. Of many providers only those
// that did not pass are drawn, below a table of all, unless Verbose is set.
func WriteText(w io.Writer, f probe.Fleet, opts TextOptions) error {
	var b strings.Builder
	if walks(f) >= foldFrom && !opts.Verbose {
		folded(&b, f, opts)
	} else {
		unfolded(&b, f, opts)
	}
	b.WriteString(leftBehind(f, opts))
	fmt.Fprintf(&b, "\n%s\n", summary(f, opts))
	_, err := io.WriteString(w, b.String())
	return err
}

func unfolded(b *strings.Builder, f probe.Fleet, opts TextOptions) {
	for i, r := range f {
		if i > 0 {
			b.WriteString("\n")
		}
		if r.Controller != "" {
			fmt.Fprintf(b, "== controller %s\n", r.Controller)
		}
		for j, p := range r.Providers {
			if j > 0 {
				b.WriteString("\n")
			}
			drawWalk(b, p, opts)
		}
		if len(r.Isolation) > 0 {
			drawMatrix(b, r, opts)
		}
	}
}

func drawWalk(b *strings.Builder, p probe.Provider, opts TextOptions) {
	b.WriteString(heading(p, "", opts))
	first := p.Decisive()
	if first != nil && first.Verdict == probe.Fail {
		opts.details(b, tagged(first.Cause, first.Symptom), first.Mend)
	}
	for i := range p.Steps {
		drawStep(b, &p.Steps[i], opts, first)
	}
	if p.User != "" {
		fmt.Fprintf(b, "  user %s, projects: %s\n", p.User, listOr(p.Projects, "none"))
	}
}

// heading names the provider and where it was asked, and says where the walk
// failed and who refused; below the name where the line has no room for it.
func heading(p probe.Provider, where string, opts TextOptions) string {
	name := fmt.Sprintf("%s (%s)%s", p.ID, p.Issuer, where)
	first := p.Decisive()
	if first == nil || first.Verdict != probe.Fail {
		return name + "\n"
	}
	word, how := opts.paint("FAILED", color.FgRed), " at "+refusedAt(first)
	if runewidth.StringWidth(name+" FAILED"+how) > opts.width() {
		return name + "\n  " + word + how + "\n"
	}
	return name + " " + word + how + "\n"
}

// details draws a cause and a mend below what they are about.
func (o TextOptions) details(b *strings.Builder, cause, mend string) {
	o.hanging(b, "cause", cause)
	o.hanging(b, "mend", mend)
}

// hanging draws a text beside its name, with what does not fit below it.
func (o TextOptions) hanging(b *strings.Builder, name, text string) {
	if text == "" {
		return
	}
	lines := wrap(text, o.width()-detailColumn)
	if first := chunks(text); len(first) > 0 && first[0].Paste != "" {
		lines = append([]string{""}, lines...) // what is pasted has the line for itself
	}
	for i, line := range lines {
		if i > 0 {
			name = ""
		}
		fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("%7s%-6s%s", "", name, line), " "))
	}
}

// detailColumn is where the text of a detail begins.
const detailColumn = 13

func (o TextOptions) width() int {
	if o.Width == 0 {
		return unknownWidth
	}
	return o.Width
}

// mark gives a verdict's word, four wide.
func (o TextOptions) mark(v probe.Verdict) string {
	word := map[probe.Verdict]string{probe.Pass: "ok  ", probe.Fail: "FAIL", probe.Skip: "skip"}[v]
	return o.paint(word, map[probe.Verdict]color.Attribute{probe.Pass: color.FgGreen, probe.Fail: color.FgRed, probe.Skip: color.FgYellow}[v])
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
