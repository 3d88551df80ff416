package suite

import (
	"fmt"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// widest bounds the column that names requirements.
const widest = 60

// coverage draws a table for each mapping, and then what no test reaches.
func (d *drawing) coverage(c Coverage) {
	width := c.width()
	for _, m := range c.Mappings {
		d.line("\n%s  passed  stopped", d.paint(pad(finding.Printable(m.Mapping), width), color.Bold))
		for _, r := range m.Rules {
			d.ruleCoverage(r, width)
		}
	}
	d.line("")
	for _, gap := range c.Gaps() {
		d.line("%s: %s", gap.At, d.paint(finding.Printable(gap.Text), color.FgYellow))
	}
	d.line("%s", c.Summary())
}

// width is that of the widest first column.
func (c Coverage) width() int {
	width := 0
	for _, m := range c.Mappings {
		width = max(width, runewidth.StringWidth(finding.Printable(m.Mapping)))
		for _, r := range m.Rules {
			for _, q := range r.Remote {
				width = max(width, min(widest, runewidth.StringWidth(named(q)))+2)
			}
		}
	}
	return width
}

func (d *drawing) ruleCoverage(r RuleCoverage, width int) {
	d.line("%s  %s  %s", pad(fmt.Sprintf("rule %d", r.Number), width), d.count(r.Held, false), d.count(r.Stopped, true))
	for _, q := range r.Remote {
		d.line("%s  %s  %s", pad("  "+named(q), width), d.count(q.Passed, false), d.count(q.Stopped, q.Sure))
	}
}

// count draws a number; a zero that should be more stands out. May be is a zero
// that is no gap.
func (d *drawing) count(n int, maybe bool) string {
	text := fmt.Sprintf("%6d", n)
	switch {
	case n > 0:
		return text
	case maybe:
		return fmt.Sprintf("%6s", "-")
	}
	return d.paint(fmt.Sprintf("%6s", "never"), color.FgYellow)
}

// named names a requirement, cut to the column.
func named(q RequirementCoverage) string {
	text := finding.Printable(q.Asks)
	if q.Kind == engine.Direct {
		text = finding.Printable(q.Type)
	}
	return runewidth.Truncate(text, widest, "…")
}

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-runewidth.StringWidth(text)))
}
