package probe

import (
	"fmt"
	"slices"
	"strings"
)

// matrixView is the isolation matrix of one controller on the page: what was
// shown against whose path it was shown at.
type matrixView struct {
	Controller string
	Columns    []string
	Rows       []matrixRow
	Wrong      []wrongCells
	Summary    string
}

type matrixRow struct {
	Name  string
	Cells []matrixCell
}

// matrixCell is what came of a row's token at a column's path. Own marks the place
// where a token is at home.
type matrixCell struct {
	Class   string // in, out, wrong, skip or none
	Word    string
	Answers []string
	Own     bool
}

// wrongCells are cells that are not as they must be, for the same reason.
type wrongCells struct {
	Cell
	At     string // the controller
	Places []string
}

// Times says how many they are.
func (w wrongCells) Times() string { return counted(len(w.Places), "cell", "cells") }

func (f Fleet) matrices() []matrixView {
	var out []matrixView
	for _, r := range f {
		if len(r.Isolation) > 0 {
			out = append(out, r.matrixView())
		}
	}
	return out
}

func (r Result) matrixView() matrixView {
	out := matrixView{Controller: r.Controller, Wrong: r.wrong(), Summary: Fleet{{Isolation: r.Isolation}}.tally().cellsInWords()}
	column := map[string]int{}
	for _, p := range r.Providers {
		column[p.ID] = len(out.Columns)
		out.Columns = append(out.Columns, p.ID)
	}
	rows, answers := map[string]int{}, [][][]Cell{}
	names := r.rowNames()
	for i, c := range r.Isolation {
		at, known := rows[names[i]]
		if !known {
			at = len(answers)
			rows[names[i]] = at
			answers = append(answers, make([][]Cell, len(out.Columns)))
			out.Rows = append(out.Rows, matrixRow{Name: names[i]})
		}
		if col, known := column[c.Provider]; known {
			answers[at][col] = append(answers[at][col], c)
		}
	}
	for i := range out.Rows {
		out.Rows[i].Cells = drawCells(answers[i])
	}
	return out
}

func drawCells(row [][]Cell) []matrixCell {
	var out []matrixCell
	for _, cells := range row {
		out = append(out, drawCell(cells))
	}
	return out
}

// rowNames gives each cell's row. What is tried at one provider's path alone makes
// one row for all providers.
func (r Result) rowNames() []string {
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
		out = append(out, c.row(home[c.Token]))
	}
	return out
}

func (c Cell) row(home string) string {
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

// drawCell puts what came at different times into one field: once where it is the
// same.
func drawCell(cells []Cell) matrixCell {
	if len(cells) == 0 {
		return matrixCell{Class: "none"}
	}
	out := matrixCell{Own: cells[0].Token == cells[0].Provider}
	for _, c := range cells {
		text := answerOf(c)
		if !same(cells) && c.When != "" {
			text = c.When + ": " + text
		}
		if !slices.Contains(out.Answers, text) {
			out.Answers = append(out.Answers, text)
		}
		if class, word := c.outcome(); out.Class == "" || worse[class] > worse[out.Class] {
			out.Class, out.Word = class, word
		}
	}
	return out
}

func same(cells []Cell) bool {
	return !slices.ContainsFunc(cells, func(c Cell) bool {
		return c.Status != cells[0].Status || c.AnsweredBy != cells[0].AnsweredBy || c.Verdict != cells[0].Verdict
	})
}

// worse says which outcome is told where a field has several.
var worse = map[string]int{"none": 0, "in": 1, "out": 1, "skip": 2, "wrong": 3}

func (c Cell) outcome() (class, word string) {
	switch {
	case c.Critical:
		return "wrong", "LET IN"
	case c.Verdict == Fail:
		return "wrong", "wrong"
	case c.Verdict == Skip:
		return "skip", "not asked"
	case c.Want == string(letIn):
		return "in", "let in"
	}
	return "out", "refused"
}

// wrong gathers the cells that failed by cause and mend, critical ones first.
func (r Result) wrong() []wrongCells {
	var out []wrongCells
	index := map[[2]string]int{}
	for _, c := range r.Isolation {
		if c.Verdict != Fail {
			continue
		}
		key := [2]string{c.Cause, c.Mend}
		at, known := index[key]
		if !known {
			at = len(out)
			index[key] = at
			out = append(out, wrongCells{Cell: c, At: r.Controller})
		}
		out[at].Critical = out[at].Critical || c.Critical
		out[at].Places = append(out[at].Places, fmt.Sprintf("%s at %s, %s: %s, expected %s", c.Token, c.Door, c.When, answerOf(c), c.Want))
	}
	slices.SortStableFunc(out, func(a, b wrongCells) int { return count(b.Critical) - count(a.Critical) })
	return out
}

// cellsInWords says how many cells there are, and how many are wrong.
func (t tally) cellsInWords() string {
	if t.failed == 0 {
		return counted(t.cells, "cell, as it must be", "cells, none of them wrong")
	}
	return fmt.Sprintf("%d of %s wrong", t.failed, counted(t.cells, "cell is", "cells are"))
}
