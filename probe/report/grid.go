package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/probe"
)

// matrixView is the isolation matrix of one controller on the page: what was
// shown against whose path it was shown at.
type matrixView struct {
	Controller string
	Columns    []string
	Rows       []matrixRow
	Wrong      []wrongCells
	Summary    string
	Bounded    string // at how many paths a token was tried; "" where it was at all
}

type matrixRow struct {
	Name  string
	Cells []matrixCell
	rank  int // own tokens first, then those of other clients
}

// matrixCell is what came of a row's token at a column's path.
type matrixCell struct {
	Class   string // in, out, wrong, skip or none
	Word    string
	Answers []string
}

// wrongCells are cells that are not as they must be, at one path for one reason.
type wrongCells struct {
	*matrixFault
	At string // the controller
}

// Tokens names those that show it.
func (w wrongCells) Tokens() []string { return w.tokens }

// Times says when they were shown.
func (w wrongCells) Times() string { return strings.Join(w.times, " and ") }

// Answer is what came.
func (w wrongCells) Answer() string { return answerOf(w.Cell) }

func matrices(f probe.Fleet) []matrixView {
	var out []matrixView
	for _, r := range f {
		if len(r.Isolation) > 0 {
			out = append(out, viewMatrix(r))
		}
	}
	return out
}

func viewMatrix(r probe.Result) matrixView {
	out := matrixView{Controller: r.Controller, Wrong: wrong(r), Bounded: bounded(r), Summary: tallyOf(probe.Fleet{{Isolation: r.Isolation}}).cellsInWords()}
	column := map[string]int{}
	for _, p := range r.Providers {
		column[p.ID] = len(out.Columns)
		out.Columns = append(out.Columns, p.ID)
	}
	rows, answers := map[string]int{}, [][][]probe.Cell{}
	names := rowNames(r)
	for i, c := range r.Isolation {
		at, known := rows[names[i]]
		if !known {
			at = len(answers)
			rows[names[i]] = at
			answers = append(answers, make([][]probe.Cell, len(out.Columns)))
			out.Rows = append(out.Rows, matrixRow{Name: names[i], rank: rank(c)})
		}
		if col, known := column[c.Provider]; known {
			answers[at][col] = append(answers[at][col], c)
		}
	}
	for i := range out.Rows {
		out.Rows[i].Cells = drawCells(answers[i])
	}
	slices.SortStableFunc(out.Rows, func(a, b matrixRow) int { return cmp.Compare(a.rank, b.rank) })
	return out
}

func rank(c probe.Cell) int {
	switch c.Kind {
	case probe.KindOwn:
		return 0
	case probe.KindForeign:
		return 1
	}
	return 2
}

func drawCells(row [][]probe.Cell) []matrixCell {
	var out []matrixCell
	for _, cells := range row {
		out = append(out, drawCell(cells))
	}
	return out
}

// rowNames gives each cell's row. What is tried at one provider's path alone makes
// one row for all providers.
func rowNames(r probe.Result) []string {
	home := map[string]string{} // token: the only provider it was shown to
	for _, c := range r.Isolation {
		if at, seen := home[c.Token]; seen && at != c.Provider {
			home[c.Token] = ""
		} else if !seen {
			home[c.Token] = c.Provider
		}
	}
	var out []string
	for _, c := range r.Isolation {
		out = append(out, rowName(c, home[c.Token]))
	}
	return out
}

func rowName(c probe.Cell, home string) string {
	name := c.Token
	if own, ok := strings.CutPrefix(name, home+"/"); ok && home != "" {
		name = "…/" + own
	}
	switch {
	case c.Door == c.Provider || c.Door == "":
		return name
	case strings.EqualFold(c.Door, c.Provider):
		return name + ", the id in upper case"
	}
	return name + " at " + strings.ReplaceAll(c.Door, c.Provider, "…")
}
