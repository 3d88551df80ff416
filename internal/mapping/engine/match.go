package engine

import (
	"slices"

	"github.com/fedstone/fedstone/internal/python"
)

// verdict is what a requirement makes of its type's values: whether it holds,
// and for kinds that placeholders count, what they stand for.
type verdict struct {
	holds bool
	arg   python.Arg
}

// judge is _evaluate_requirement. The error is what Python raises, or an
// Undecidable.
func (q *requirement) judge(values []string, r rules) (verdict, error) {
	if q.kind == Direct {
		return verdict{true, python.Arg{Values: values}}, nil
	}
	if q.raises != nil {
		return verdict{}, q.raises
	}
	hits, err := q.hits(values, r)
	if err != nil {
		return verdict{}, err
	}
	switch q.kind {
	case AnyOneOf:
		return verdict{holds: len(hits) > 0}, nil
	case NotAnyOf:
		return verdict{holds: len(hits) == 0}, nil
	case Blacklist:
		return verdict{true, set(without(values, hits))}, nil
	}
	if q.isRegex() {
		return verdict{true, python.Arg{Values: hits}}, nil
	}
	return verdict{true, set(hits)}, nil
}

// hits gives the values that are listed, or that a listed expression finds, in
// their order and with repetitions. It copies only when a value is missing.
func (q *requirement) hits(values []string, r rules) ([]string, error) {
	var out []string
	copied := false
	for i, v := range values {
		hit, err := q.hit(v, r)
		if err != nil {
			return nil, err
		}
		if !hit && !copied {
			out, copied = append(out, values[:i]...), true
		} else if hit && copied {
			out = append(out, v)
		}
	}
	if !copied {
		return values, nil
	}
	return out, nil
}

func (q *requirement) hit(value string, r rules) (bool, error) {
	if !q.isRegex() {
		return q.texts[value], nil
	}
	hit := false
	for _, p := range q.patterns {
		if p.err != nil {
			return false, p.err
		}
		found, err := p.search.Search(value)
		if err != nil {
			return false, err
		}
		hit = hit || found
		if hit && !r.triesAllPatterns() {
			break
		}
	}
	return hit, nil
}

// set gives values as a Python set made into a list: each once, in an order that
// is left to chance.
func set(values []string) python.Arg {
	values = distinct(values)
	return python.Arg{Values: values, Chance: len(values) > 1}
}

func without(values, hits []string) []string {
	if len(hits) == 0 {
		return values
	}
	drop := make(map[string]bool, len(hits))
	for _, h := range hits {
		drop[h] = true
	}
	var out []string
	for _, v := range values {
		if !drop[v] {
			out = append(out, v)
		}
	}
	return out
}

// few is the number of values up to which comparing each with each is quicker
// than a map.
const few = 16

// distinct gives every value once, in the order of their first places.
func distinct(values []string) []string {
	if len(values) > few {
		return distinctMany(values)
	}
	for i, v := range values {
		if slices.Contains(values[:i], v) {
			out := slices.Clone(values[:i])
			for _, w := range values[i+1:] {
				if !slices.Contains(out, w) {
					out = append(out, w)
				}
			}
			return out
		}
	}
	return values
}

func distinctMany(values []string) []string {
	seen := make(map[string]bool, len(values))
	out := make([]string, 0, len(values))
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
