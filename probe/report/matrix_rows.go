package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/probe"
)

// gridRow is what is drawn in one line: tokens that fared alike.
type gridRow struct {
	tokens []string
	when   []string
	cells  []string
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
