package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/probe"
)

// unknownGrid is how wide the grid may be where nobody knows the terminal: a page
// of documentation, a log of a pipeline.
const unknownGrid = 120

// gridRow is what is drawn in one line: tokens that fared alike.
type gridRow struct {
	tokens []string
	when   []string
	cells  []string
}

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

// gridRows draws each token at each time, and puts together what is equal: the times
// of one token, and, where fold is set, tokens of a kind.
func gridRows(r probe.Result, draw func([]probe.Cell) []string, fold bool) []gridRow {
	var keys [][3]string // kind, token, when
	cells := map[[3]string][]probe.Cell{}
	for _, c := range r.Isolation {
		if !inGrid(c) {
			continue
		}
		key := [3]string{c.Kind, c.Token, c.When}
		if cells[key] == nil {
			keys = append(keys, key)
		}
		cells[key] = append(cells[key], c)
	}
	slices.SortStableFunc(keys, byHolder(r))
	var rows []gridRow
	for _, key := range keys {
		rows = append(rows, gridRow{[]string{key[1]}, []string{key[2]}, draw(cells[key])})
	}
	return joined(rows, fold)
}

// byHolder orders as the description does, a provider's own token first.
func byHolder(r probe.Result) func(a, b [3]string) int {
	place := map[string]int{}
	for i, p := range r.Providers {
		place[p.ID] = i
	}
	return func(a, b [3]string) int {
		one, _, _ := strings.Cut(a[1], "/")
		two, _, _ := strings.Cut(b[1], "/")
		return cmp.Or(place[one]-place[two], len(a[1])-len(b[1]))
	}
}

// joined puts the times of a token together where it fared alike.
func joined(rows []gridRow, fold bool) []gridRow {
	var out []gridRow
	for _, row := range rows {
		if last := len(out) - 1; last >= 0 && slices.Equal(out[last].tokens, row.tokens) && slices.Equal(out[last].cells, row.cells) {
			out[last].when = append(out[last].when, row.when...)
			continue
		}
		out = append(out, row)
	}
	if !fold {
		return out
	}
	return alike(out)
}

// alike puts tokens together that fared alike.
func alike(rows []gridRow) []gridRow {
	var out []gridRow
	place := map[string]int{}
	for _, row := range rows {
		key := strings.Join(append(slices.Clone(row.when), row.cells...), "\n")
		if at, ok := place[key]; ok {
			out[at].tokens = append(out[at].tokens, row.tokens...)
			continue
		}
		place[key] = len(out)
		out = append(out, row)
	}
	return out
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
