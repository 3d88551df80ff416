package explain

import (
	"fmt"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// widest bounds the columns of a rule: names and conditions.
const widest = 44

// rule draws one rule: whether it holds, its gates, and what it gave.
func (d *drawing) rule(rule engine.RuleTrace) {
	gates := d.gates(rule)
	d.line(0, "\n%s  %s  %s", d.style(fmt.Sprintf("rule %d", rule.Number), color.Bold), d.holds(rule),
		d.dim(d.place(rule).String()))
	brief := !rule.Holds && d.OK()
	names, asks := widths(gates)
	for _, g := range gates {
		if !brief || g.State == stopped {
			d.gate(g, names, asks)
		}
	}
	for i, local := range rule.Local {
		d.local(local, d.templates(rule.Number, i))
	}
	if text := d.raised(rule); text != "" {
		d.line(2, "%s  %s", d.paint("STOP", color.FgRed), text)
	}
}

func (d *drawing) holds(rule engine.RuleTrace) string {
	switch {
	case !rule.Reached:
		return d.dim("is not reached: the login has ended")
	case d.fails(rule):
		return d.paint("fails", color.FgRed)
	case rule.Holds:
		return d.paint("holds", color.FgGreen)
	}
	return d.paint("does not hold", color.FgRed)
}

func widths(gates []gate) (names, asks int) {
	for _, g := range gates {
		names = max(names, runewidth.StringWidth(value(g.Name)))
		if w := runewidth.StringWidth(g.Wanted); g.State != stopped && w <= widest {
			asks = max(asks, w)
		}
	}
	return min(names, widest), asks
}

var marks = map[state]string{passed: "pass", stopped: "STOP", unreached: "-"}

func (d *drawing) gate(g gate, names, asks int) {
	name := pad(value(g.Name), names)
	switch g.State {
	case unreached:
		d.line(2, "%s", d.dim(fmt.Sprintf("%-4s  %s  not reached", marks[g.State], name)))
	case stopped:
		d.line(2, "%s  %s  %s", d.paint(marks[g.State], color.FgRed), name, g.Why)
		d.detail("wanted", g.Wanted)
		d.detail("came", g.Came)
		for _, hint := range g.Hints {
			d.detail("hint", d.style(hint, color.FgYellow))
		}
	default:
		d.line(2, "%s  %s  %s", d.style(marks[g.State], color.FgGreen), name, strings.TrimLeft(pad(g.Wanted, asks)+"  "+g.line(), " "))
	}
}

func (d *drawing) detail(what, text string) {
	if text != "" {
		d.line(8, "%-6s  %s", what, text)
	}
}

// local draws what one item of a rule's local gave, one line a key.
func (d *drawing) local(local engine.LocalTrace, sources map[string]string) {
	for _, f := range local.Given {
		d.line(2, "%s  %-8s %s", d.style("gave", color.FgGreen), value(f.Key), d.gift(f, sources))
	}
	for _, note := range local.Notes {
		d.line(2, "%s  %s", d.paint("note", color.FgYellow), finding.Printable(note))
	}
}

// gift draws the values below one key of a local item, each with the text it was
// made of.
func (d *drawing) gift(f engine.Field, sources map[string]string) string {
	var parts []string
	for _, g := range gifts(engine.Object{f}) {
		text := g.text()
		if name := label(g.path); name != "" {
			text = name + " " + text
		}
		if source := sources[g.path]; len(placeholders(source)) > 0 {
			text += d.dim(" from " + value(source))
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// label names a value by its path below a local item: user.name is name,
// projects[0].roles[1].name is role.
func label(path string) string {
	_, below, _ := strings.Cut(path, ".")
	switch {
	case strings.HasSuffix(below, "].name") && strings.HasPrefix(below, "roles["):
		return "role"
	case strings.HasPrefix(path, "projects") && below == "name":
		return "project"
	}
	return strings.ReplaceAll(below, ".", " ")
}
