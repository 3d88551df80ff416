package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/probe"
)

// drawMatrix draws tokens against paths, then counts the other cells that are as they
// must be, then tells what is wrong. What is the same is drawn once.
func drawMatrix(b *strings.Builder, r probe.Result, opts TextOptions) {
	b.WriteString("\nisolation: which token is let in at which provider's path\n")
	b.WriteString(grid(r, opts))
	if text := bounded(r); text != "" {
		fmt.Fprintf(b, "  %s\n", text)
	}
	drawCounts(b, r, opts)
	for _, f := range faults(r) {
		f.text(b, opts)
	}
}

// bounded says at how many paths a token was tried; "" where it was at all.
func bounded(r probe.Result) string {
	if n := len(r.Providers); n > probe.MostDoors {
		return fmt.Sprintf("each token was tried at %d of %d paths: its own, and those that follow it in the description", probe.MostDoors, n)
	}
	return ""
}

// inGrid: tokens of providers, and of their foreign clients, make the grid.
func inGrid(c probe.Cell) bool { return c.Kind == probe.KindOwn || c.Kind == probe.KindForeign }

// titles names the kinds outside the grid, in the order in which they are drawn.
func titles() []struct{ kind, title string } {
	return []struct{ kind, title string }{
		{probe.KindRefused, "to be refused"}, {probe.KindOther, "other kind"}, {probe.KindForged, "forged tokens"},
		{probe.KindHeaders, "forged headers"}, {probe.KindIssuer, "forged issuer"},
	}
}

// drawCounts draws one line for each kind and verdict outside the grid.
func drawCounts(b *strings.Builder, r probe.Result, opts TextOptions) {
	for _, t := range titles() {
		for _, verdict := range []probe.Verdict{probe.Pass, probe.Skip} {
			var cells []probe.Cell
			for _, c := range r.Isolation {
				if c.Kind == t.kind && c.Verdict == verdict {
					cells = append(cells, c)
				}
			}
			if len(cells) > 0 {
				fmt.Fprintf(b, "  %s %-14s %s\n", opts.mark(verdict), t.title, strings.Join(tallied(cells, true), ", "))
			}
		}
	}
}

// tallied counts equal answers, in the order of their first one; where named is set,
// a few tokens that got one are named.
func tallied(cells []probe.Cell, named bool) []string {
	var order, out []string
	count, names := map[string]int{}, map[string][]string{}
	for _, c := range cells {
		answer := answerOf(c)
		if count[answer]++; count[answer] == 1 {
			order = append(order, answer)
		}
		if _, name, ok := strings.Cut(c.Token, "/"); ok && named && !slices.Contains(names[answer], name) {
			names[answer] = append(names[answer], name)
		}
	}
	for _, answer := range order {
		text := fmt.Sprintf("%d × %s", count[answer], answer)
		if n := len(names[answer]); n > 0 && n <= fewNames {
			text += " (" + strings.Join(names[answer], ", ") + ")"
		}
		out = append(out, text)
	}
	return out
}

// fewNames is how many names are told one by one.
const fewNames = 6

// firstFew names the first ones, and counts the others.
func firstFew(names []string) string {
	if len(names) <= fewNames {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:fewNames-1], ", "), len(names)-fewNames+1)
}

func answerOf(c probe.Cell) string {
	switch {
	case c.Verdict == probe.Skip:
		return "not asked"
	case c.Status == 0:
		return "no answer"
	}
	return fmt.Sprintf("%d %s", c.Status, c.AnsweredBy)
}
