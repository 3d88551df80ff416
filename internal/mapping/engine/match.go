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
func (q *requirement) judge(c *came, r *rules) (verdict, error) {
	switch {
	case q.kind == Direct:
		return verdict{true, python.Arg{Values: c.values}}, nil
	case q.raises != nil:
		return verdict{}, q.raises
	case q.counted():
		return q.filter(c, r)
	}
	any, err := q.anyHit(c, r)
	return verdict{holds: err == nil && any == (q.kind == AnyOneOf)}, err
}

// anyHit reports whether any value is listed, or found. Every expression is tried
// on every value, since each may raise.
func (q *requirement) anyHit(c *came, r *rules) (bool, error) {
	if q.texts != nil {
		return q.listsAny(c), nil
	}
	hits, err := q.hits(c, r)
	return len(hits) > 0, err
}

// filter gives what a white- or blacklist leaves. Only expressions of a whitelist
// keep the values' order: Keystone makes a set of the others.
func (q *requirement) filter(c *came, r *rules) (verdict, error) {
	hits, err := q.hits(c, r)
	switch {
	case err != nil:
		return verdict{}, err
	case q.kind == Blacklist:
		return verdict{true, set(without(c.values, hits))}, nil
	case q.isRegex():
		return verdict{true, python.Arg{Values: hits}}, nil
	}
	return verdict{true, set(hits)}, nil
}

// hits gives the values that are listed, or that a listed expression finds, in
// their order and with repetitions. It copies only when they do not lie together.
func (q *requirement) hits(c *came, r *rules) ([]string, error) {
	var apart []string
	from, to := 0, 0
	for i, v := range c.values {
		hit, err := q.hit(c, i, r)
		switch {
		case err != nil:
			return nil, err
		case !hit:
		case apart != nil:
			apart = append(apart, v)
		case from == to:
			from, to = i, i+1
		case to == i:
			to++
		default:
			apart = append(slices.Clone(c.values[from:to]), v)
		}
	}
	if apart != nil {
		return apart, nil
	}
	return c.values[from:to], nil
}

func (q *requirement) listsAny(c *came) bool {
	for _, n := range c.listed {
		if lists(q.texts, n) {
			return true
		}
	}
	return false
}

// hit reports whether the i-th value is listed, or found.
func (q *requirement) hit(c *came, i int, r *rules) (bool, error) {
	if !q.isRegex() {
		return c.numbers[i] != unlisted && lists(q.texts, c.numbers[i]), nil
	}
	hit := false
	for _, p := range q.patterns {
		if p.err != nil {
			return false, p.err
		}
		found, err := p.search.Search(c.values[i])
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
