package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
)

// chance is a text that a set's order decides.
type chance struct {
	reason   string
	at       finding.Range
	variants []string // the texts of all orders; nil when they are too many
}

// maxVariants bounds the orders that are tried: those of four values.
const maxVariants = 24

// chance gives the text that a set's order decides, or what every order raises.
// Of groups and group_ids all variants are kept, since they may yet come to the
// same.
func (v *value) chance(reason string, args []python.Arg, r rules) (any, error) {
	c := chance{reason: reason, at: v.at}
	texts, failed, all := v.variants(args, r)
	switch {
	case failed != nil && (len(texts) > 0 || !all):
		return nil, c.undecidable()
	case failed != nil:
		return nil, located(failed, v.at)
	case v.asList && all:
		c.variants = texts
	}
	return c, nil
}

// variants gives the texts of the orders that are tried, and what the others
// raise; undecidable if that differs. All is false when there are more orders.
func (v *value) variants(args []python.Arg, r rules) (texts []string, failed error, all bool) {
	orders := [][]python.Arg{args}
	for _, n := range v.text.Placeholders() {
		if n < len(args) && args[n].Chance {
			orders = permuted(orders, n)
		}
	}
	for _, order := range orders {
		text, err := v.text.Append(nil, order, r.python)
		if class(err) == "IndexError" {
			err = v.directMapping(len(args))
		}
		switch {
		case isUndecidable(err): // for another reason, such as an address: no order is to blame
			return nil, nil, false
		case err == nil:
			texts = append(texts, string(text))
		case failed != nil && class(err) != class(failed):
			return texts, undecidable("what is raised depends on the order of a set"), false
		default:
			failed = err
		}
	}
	return texts, failed, len(orders) <= maxVariants
}

func isUndecidable(err error) bool {
	var open *python.Undecidable
	return errors.As(err, &open)
}

// permuted replaces each argument list by those in which the n-th argument
// stands in every order, unless these are too many.
func permuted(lists [][]python.Arg, n int) [][]python.Arg {
	var out [][]python.Arg
	for _, args := range lists {
		for order := range permutations(args[n].Values) {
			with := slices.Clone(args)
			with[n] = python.Arg{Values: order}
			if out = append(out, with); len(out) > maxVariants {
				return out
			}
		}
	}
	return out
}

// permutations yields every order of the values.
func permutations(values []string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) { permute(slices.Clone(values), 0, yield) }
}

func permute(values []string, from int, yield func([]string) bool) bool {
	if from == len(values) {
		return yield(slices.Clone(values))
	}
	for i := from; i < len(values); i++ {
		values[from], values[i] = values[i], values[from]
		if !permute(values, from+1, yield) {
			return false
		}
		values[from], values[i] = values[i], values[from]
	}
	return true
}

// whichever makes of every variant what a step makes of a text. If all give the
// same items, or fail in the same way, that is the result; items that differ are
// the chance itself.
func (c chance) whichever(r rules, step func(text string) ([]any, error)) ([]any, error) {
	var first []any
	var failed error
	same := true
	for i, text := range c.variants {
		items, err := step(text)
		if i == 0 {
			first, failed = items, err
			continue
		}
		if (err == nil) != (failed == nil) || class(err) != class(failed) {
			return nil, c.undecidable()
		}
		same = same && sameItems(first, items, r.python)
	}
	switch {
	case c.variants == nil:
		return nil, c.undecidable()
	case failed != nil:
		return nil, failed
	case !same:
		return []any{c}, nil
	}
	return first, nil
}

func (c chance) undecidable() error { return located(undecidable("%s", c.reason), c.at) }

// sameItems compares as sets.
func sameItems(a, b []any, ver python.Version) bool {
	return slices.Equal(reprs(a, ver), reprs(b, ver))
}

func reprs(items []any, ver python.Version) []string {
	var out []string
	for _, v := range items {
		out = append(out, repr(v, ver))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// repr writes what rules make and what claims bring so that it can be compared.
func repr(v any, ver python.Version) string {
	o, ok := v.(Object)
	if !ok {
		return python.Repr(v, ver)
	}
	var b strings.Builder
	for _, f := range o {
		fmt.Fprintf(&b, "%q:%s;", f.Key, repr(f.Value, ver))
	}
	return b.String()
}
