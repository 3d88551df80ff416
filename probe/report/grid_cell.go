package report

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/probe"
)

// drawCell puts what came at different times into one field: once where it is the
// same.
func drawCell(cells []probe.Cell) matrixCell {
	if len(cells) == 0 {
		return matrixCell{Class: "none"}
	}
	out := matrixCell{}
	for _, c := range cells {
		text := answerOf(c)
		if !same(cells) && c.When != "" {
			text = c.When + ": " + text
		}
		if !slices.Contains(out.Answers, text) {
			out.Answers = append(out.Answers, text)
		}
		if class, word := outcome(c); out.Class == "" || rankOf(class) > rankOf(out.Class) {
			out.Class, out.Word = class, word
		}
	}
	return out
}

func same(cells []probe.Cell) bool {
	return !slices.ContainsFunc(cells, func(c probe.Cell) bool {
		return c.Status != cells[0].Status || c.AnsweredBy != cells[0].AnsweredBy || c.Verdict != cells[0].Verdict
	})
}

// rankOf says which outcome is told where a field has several: the highest.
func rankOf(class string) int { return slices.Index([]string{"skip", "wrong"}, class) }

func outcome(c probe.Cell) (class, word string) {
	switch {
	case c.Critical:
		return "wrong", "LET IN"
	case c.Verdict == probe.Fail:
		return "wrong", "wrong"
	case c.Verdict == probe.Skip:
		return "skip", "not asked"
	case c.ToBeLetIn():
		return "in", "let in"
	}
	return "out", "refused"
}

// wrong gives what failed, critical cells first.
func wrong(r probe.Result) []wrongCells {
	var out []wrongCells
	for _, f := range faults(r) {
		out = append(out, wrongCells{f, r.Controller})
	}
	return out
}

// cellsInWords says how many cells there are, and how many are wrong.
func (t tally) cellsInWords() string {
	if t.failed == 0 {
		return counted(t.cells, "cell, as it must be", "cells, none of them wrong")
	}
	return fmt.Sprintf("%d of %s wrong", t.failed, counted(t.cells, "cell is", "cells are"))
}
