package report

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/probe"
)

// unknownGrid is how wide the grid may be where nobody knows the terminal: a page
// of documentation, a log of a pipeline.
const unknownGrid = 120

// grid has a column for each provider's path where there is room for that, else one
// for a token's own path and one for all others.
func grid(r probe.Result, opts TextOptions) string {
	header := []string{"token", "when"}
	for _, p := range r.Providers {
		header = append(header, "at "+p.ID)
	}
	wide := tabulated(header, gridRows(r, perProvider(r.Providers), false))
	if widest(wide) <= cmp.Or(opts.Width, unknownGrid) {
		return opts.marked(wide)
	}
	return opts.marked(tabulated([]string{"token", "when", "at its own path", "elsewhere"}, gridRows(r, ownAndElsewhere, true)))
}

func tabulated(header []string, rows []gridRow) string {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "  "+strings.Join(header, "\t"))
	for _, row := range rows {
		fmt.Fprintln(table, "  "+strings.Join(append([]string{firstFew(row.tokens), strings.Join(row.when, ", ")}, row.cells...), "\t"))
	}
	_ = table.Flush() // a strings.Builder never fails
	return b.String()
}

func widest(text string) int {
	width := 0
	for line := range strings.Lines(text) {
		width = max(width, runewidth.StringWidth(strings.TrimRight(line, "\n")))
	}
	return width
}

func perProvider(list []probe.Provider) func([]probe.Cell) []string {
	return func(cells []probe.Cell) []string {
		at := map[string]string{}
		for _, c := range cells {
			at[c.Provider] = gridText(c)
		}
		var out []string
		for _, p := range list {
			out = append(out, cmp.Or(at[p.ID], "·"))
		}
		return out
	}
}

func ownAndElsewhere(cells []probe.Cell) []string {
	own, elsewhere := "·", map[bool][]probe.Cell{}
	for _, c := range cells {
		if holder, _, _ := strings.Cut(c.Token, "/"); holder == c.Provider {
			own = gridText(c)
			continue
		}
		elsewhere[c.Verdict == probe.Pass] = append(elsewhere[c.Verdict == probe.Pass], c)
	}
	out := tallied(elsewhere[true], false)
	for _, wrong := range tallied(elsewhere[false], false) {
		out = append(out, wrong+" !!")
	}
	return []string{own, strings.Join(out, ", ")}
}

func gridText(c probe.Cell) string {
	if c.Verdict == probe.Fail {
		return answerOf(c) + " !!"
	}
	return answerOf(c)
}

// marked colours the marks of wrong cells; they are put in before the columns
// are laid out, and colours after.
func (o TextOptions) marked(text string) string {
	return strings.ReplaceAll(text, "!!", o.paint("!!", color.FgRed))
}
