package explain

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/finding"
)

// TextOptions say how WriteText draws.
type TextOptions struct {
	// Color switches ANSI colours on. False is plain text.
	Color bool
}

// WriteText draws the report for a person: the verdict, rule by rule what came
// of it, what Keystone is given and what it does with it. Of a login that is
// mapped, the rules that do not hold are told by what stopped them alone.
func (r Report) WriteText(w io.Writer, opts TextOptions) error {
	d := &drawing{Report: r, opts: opts}
	d.head()
	if r.Refused == nil { // else no rule is asked
		for _, rule := range r.Explanation.Rules {
			d.rule(rule)
		}
	}
	d.given()
	d.next()
	d.ignored()
	_, err := io.WriteString(w, d.b.String())
	return err
}

// drawing is a text in the making.
type drawing struct {
	Report
	opts TextOptions
	b    strings.Builder
}

func (d *drawing) line(indent int, format string, args ...any) {
	text := strings.Repeat(" ", indent) + fmt.Sprintf(format, args...)
	d.b.WriteString(strings.TrimRight(text, " ") + "\n")
}

var verdictColors = map[string]color.Attribute{
	"ok": color.FgGreen, "refused": color.FgRed, "failed": color.FgRed, "undecidable": color.FgYellow,
}

func (d *drawing) head() {
	v := d.verdict()
	d.line(0, "%s: %s", d.paint(v.Word, verdictColors[v.Word]), cut(v.Text, longStep))
	if near := d.nearest(); near != "" {
		d.line(0, "nearest: %s", near)
	}
	d.line(0, "%s", d.dim(d.about()))
	for _, note := range d.Notes {
		d.wrapped("note: ", finding.Printable(note), d.dim)
	}
}

func (d *drawing) paint(word string, a color.Attribute) string { return d.style(word, a, color.Bold) }

func (d *drawing) dim(text string) string { return d.style(text, color.Faint) }

func (d *drawing) style(text string, attributes ...color.Attribute) string {
	c := color.New(attributes...)
	c.DisableColor()
	if d.opts.Color {
		c.EnableColor()
	}
	return c.Sprint(text)
}

// pad fills a text up with blanks to a width on the screen.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-runewidth.StringWidth(text)))
}

// given draws what process returns.
func (d *drawing) given() {
	if d.Explanation.Mapped == nil {
		return
	}
	d.line(0, "\nthe mapping gives")
	all, kind, width := some(d.results(), mostLines), "", 0
	for _, item := range all {
		width = max(width, min(widest, runewidth.StringWidth(item.Text)))
	}
	for _, item := range all {
		if item.Kind == kind {
			item.Kind = ""
		} else {
			kind = item.Kind
		}
		d.line(2, "%-8s %s  %s", item.Kind, pad(item.Text, width), d.dim(item.More))
	}
}

// mostLost is how many claims without a variable are told of.
const mostLost = 5

// ignored names what came and no rule reads, and what did not come so far.
func (d *drawing) ignored() {
	var names []string
	for _, v := range d.unread() {
		names = append(names, v.Name)
	}
	if len(names) > 0 {
		d.b.WriteString("\n")
		d.wrapped("read by no rule: ", values(names), d.dim)
	}
	lost := d.lost()
	for _, v := range lost[:min(mostLost, len(lost))] {
		d.wrapped("no variable: ", value(v.Claim)+": "+finding.Printable(v.Note), d.dim)
	}
	if more := len(lost) - mostLost; more > 0 {
		d.line(0, "%s", d.dim(fmt.Sprintf("no variable: %d claims more", more)))
	}
}
