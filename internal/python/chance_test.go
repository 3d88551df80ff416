package python_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/python"
)

// outcomeOf is a result, or the class of an exception.
func outcomeOf(out []byte, err error) string {
	var raised *python.Exception
	if errors.As(err, &raised) {
		return raised.Class
	}
	return "= " + string(out)
}

// everyOrder gives the outcomes of a template over all orders of its arguments'
// values. Open are those that are undecidable for another reason than order.
func everyOrder(t *python.Template, args []python.Arg) (outcomes []string, open bool) {
	var try func(done, rest []python.Arg)
	try = func(done, rest []python.Arg) {
		if len(rest) == 0 {
			out, err := t.Append(nil, done, python311)
			var undecidable *python.Undecidable
			open = open || errors.As(err, &undecidable)
			outcomes = append(outcomes, outcomeOf(out, err))
			return
		}
		for _, values := range orders(rest[0].Values) {
			try(append(slices.Clone(done), python.Arg{Values: values}), rest[1:])
		}
	}
	try(nil, args)
	slices.Sort(outcomes)
	return slices.Compact(outcomes), open
}

func orders(values []string) [][]string {
	if len(values) < 2 {
		return [][]string{values}
	}
	var out [][]string
	for i := range values {
		rest := slices.Delete(slices.Clone(values), i, i+1)
		for _, tail := range orders(rest) {
			out = append(out, append([]string{values[i]}, tail...))
		}
	}
	return out
}

// TestChance: what is answered for values in a set's order is the answer for
// every order, and what is left open mostly differs between two orders. (Not so a
// list as the spec of a text, which is wrong in every order.)
func TestChance(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	open, needless := 0, 0
	for range 20_000 {
		q := randomTemplate(r)
		template := python.ParseTemplate(q.Text)
		var args []python.Arg
		for _, values := range q.Args {
			values = slices.Compact(slices.Sorted(slices.Values(values)))
			args = append(args, python.Arg{Values: values, Chance: len(values) > 1})
		}
		outcomes, otherwise := everyOrder(template, args)
		out, err := template.Append(nil, args, python311)
		var undecidable *python.Undecidable
		switch {
		case errors.As(err, &undecidable):
			open++
			if len(outcomes) == 1 && !otherwise {
				needless++
			}
		case len(outcomes) != 1 || outcomes[0] != outcomeOf(out, err):
			t.Fatalf("%q %v: we say %q, the orders %q", q.Text, args, outcomeOf(out, err), outcomes)
		}
	}
	t.Logf("%d left open, of which %d are the same in every order", open, needless)
	if open == 0 || needless > open/10 {
		t.Errorf("%d left open, of which %d are the same in every order", open, needless)
	}
}

func TestChanceOfOneValue(t *testing.T) {
	out, err := python.ParseTemplate("{0}{1}").Append([]byte("x"), []python.Arg{{Values: []string{"a"}, Chance: true}, {Chance: true}}, python311)
	if err != nil || string(out) != "xa[]" {
		t.Fatalf("%q, %v", out, err)
	}
}

func TestResultIsBounded(t *testing.T) {
	args := []python.Arg{{Values: []string{strings.Repeat("x", 1<<20)}}}
	dst := []byte("kept")
	out, err := python.ParseTemplate(strings.Repeat("{0}", 100)).Append(dst, args, python311)
	var undecidable *python.Undecidable
	if !errors.As(err, &undecidable) || string(out) != "kept" {
		t.Fatalf("%d bytes, %v", len(out), err)
	}
}
