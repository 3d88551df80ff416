package suite

import (
	"fmt"
	"strings"

	"github.com/fatih/color"

	"github.com/fedstone/fedstone/internal/finding"
)

// TextOptions say how reports are drawn as text.
type TextOptions struct {
	Color    bool
	Coverage bool // draw the table of what the tests reach
}

// Text draws the report for people: a line a test, below it how it differs.
func (r Report) Text(o TextOptions) string {
	d := &drawing{color: o.Color}
	for _, one := range r.Results {
		d.result(one)
	}
	d.summary(r)
	if o.Coverage {
		d.coverage(r.Coverage)
	}
	return d.String()
}

// drawing is a text in the making. What comes from elsewhere is made printable.
type drawing struct {
	strings.Builder
	color bool
}

func (d *drawing) line(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

func (d *drawing) paint(word string, attributes ...color.Attribute) string {
	c := color.New(attributes...)
	if d.color {
		c.EnableColor()
	} else {
		c.DisableColor()
	}
	return c.Sprint(word)
}

func (d *drawing) result(r Result) {
	label := finding.Printable(r.Suite.label(r.Test))
	if r.OK() {
		d.line("%s    %s", d.paint("ok", color.FgGreen), label)
		return
	}
	d.line("%s  %s", d.paint("FAIL", color.FgRed, color.Bold), label)
	d.line("      %s  %s", d.paint(r.Test.At.String(), color.Faint), d.paint("-want +got", color.Faint))
	for _, difference := range r.Differences {
		for _, l := range difference.Lines {
			d.difference(l)
		}
	}
	if r.Why != "" {
		d.line("      why: %s", finding.Printable(r.Why))
	}
}

func (d *drawing) difference(l Line) {
	text := fmt.Sprintf("%c %s", l.Sign, finding.Printable(l.Text))
	switch l.Sign {
	case '-':
		text = d.paint(text, color.FgRed)
	case '+':
		text = d.paint(text, color.FgGreen)
	}
	d.line("      %s", text)
}

func (d *drawing) summary(r Report) {
	failed := fmt.Sprintf("%d failed", r.Failed())
	if r.Failed() > 0 {
		failed = d.paint(failed, color.FgRed, color.Bold)
	}
	d.line("%s, %s", tests(len(r.Results)), failed)
}

func tests(n int) string {
	switch n {
	case 0:
		return "0 tests (an identity provider has them below tests:, a mapping in a *.test.yaml)"
	case 1:
		return "1 test"
	}
	return fmt.Sprintf("%d tests", n)
}
