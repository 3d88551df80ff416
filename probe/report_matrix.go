package probe

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/fatih/color"
)

// matrix draws tokens against paths, then the other cells, then what is wrong.
func (r Result) matrix(b *strings.Builder, opts TextOptions) {
	b.WriteString("\nisolation: which token is let in at which provider's path\n")
	b.WriteString(r.grid(opts))
	for _, c := range r.Isolation {
		if !r.inGrid(c) {
			fmt.Fprintf(b, "  %s %-14s %-21s %s\n", opts.mark(c.Verdict), c.Token, answerOf(c), c.Path)
			opts.details(b, c.Cause, c.Mend)
		}
	}
	for _, c := range r.Isolation {
		if r.inGrid(c) && c.Verdict != Pass {
			fmt.Fprintf(b, "  %s token %s at %s, %s: %s, expected %s\n", opts.mark(c.Verdict), c.Token, c.Provider, c.When, answerOf(c), c.Want)
			opts.details(b, c.Cause, c.Mend)
		}
	}
}

// inGrid: tokens of providers, and of their foreign clients, make the grid.
func (r Result) inGrid(c Cell) bool {
	return slices.ContainsFunc(r.Providers, func(p Provider) bool { return c.Token == p.ID || c.Token == p.ID+"/foreign" })
}

func (r Result) grid(opts TextOptions) string {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	header := []string{"  token", "when"}
	for _, p := range r.Providers {
		header = append(header, "at "+p.ID)
	}
	fmt.Fprintln(table, strings.Join(header, "\t"))
	for _, row := range r.rows() {
		fmt.Fprintln(table, strings.Join(r.line(row), "\t"))
	}
	_ = table.Flush() // a strings.Builder never fails
	return opts.marked(b.String())
}

// rows gives the pairs of token and time that occur, in order.
func (r Result) rows() [][2]string {
	var rows [][2]string
	for _, c := range r.Isolation {
		key := [2]string{c.Token, c.When}
		if r.inGrid(c) && !slices.Contains(rows, key) {
			rows = append(rows, key)
		}
	}
	return rows
}

func (r Result) line(row [2]string) []string {
	cells := []string{"  " + row[0], row[1]}
	for _, p := range r.Providers {
		text := "·"
		for _, c := range r.Isolation {
			if c.Token == row[0] && c.When == row[1] && c.Provider == p.ID {
				text = gridText(c)
			}
		}
		cells = append(cells, text)
	}
	return cells
}

func gridText(c Cell) string {
	if c.Verdict == Pass {
		return answerOf(c)
	}
	return answerOf(c) + " !!"
}

// marked colours the marks of wrong cells; they are put in before the columns
// are laid out, and colours after.
func (o TextOptions) marked(text string) string {
	return strings.ReplaceAll(text, "!!", o.paint("!!", color.FgRed))
}

func answerOf(c Cell) string {
	if c.Status == 0 {
		return "no answer"
	}
	return fmt.Sprintf("%d %s", c.Status, c.AnsweredBy)
}
