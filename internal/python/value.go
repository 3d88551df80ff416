package python

import "math/big"

// Python's values are nil, bool, *big.Int, float64, complex128, string, Bytes,
// List, Tuple, Set, *Dict and Ellipsis. Every int is a *big.Int.
type (
	// Bytes is a bytes object.
	Bytes string
	// List is a list; its zero value is an empty one.
	List []any
	// Tuple is a tuple.
	Tuple []any
	// Set holds what NewSet found to differ, in the order of its source. Python's
	// own order is left to chance.
	Set []any
	// Ellipsis is the constant written as three dots.
	Ellipsis struct{}
)

// NewSet makes a set: of equal values the first stays. The error is the TypeError
// of an unhashable value.
func NewSet(items ...any) (Set, error) {
	set, known := Set{}, make(map[string]bool, len(items))
	for _, v := range items {
		key, err := Key(v)
		if err != nil {
			return nil, err
		}
		if !known[key] {
			known[key] = true
			set = append(set, v)
		}
	}
	return set, nil
}

// Dict is a dict in insertion order. The zero value is empty and ready for use.
type Dict struct {
	keys, values []any
	at           map[string]int
}

// Len gives the number of entries.
func (d *Dict) Len() int { return len(d.keys) }

// At gives the entry at a place, counted from 0 in insertion order.
func (d *Dict) At(i int) (key, value any) { return d.keys[i], d.values[i] }

// Get looks a key up; 1, 1.0 and True are one key. Unhashable keys are not there.
func (d *Dict) Get(key any) (any, bool) {
	k, err := Key(key)
	i, ok := d.at[k]
	if err != nil || !ok {
		return nil, false
	}
	return d.values[i], true
}

// Put sets an entry. A key that is there keeps its place and first spelling. The
// error is the TypeError of an unhashable key.
func (d *Dict) Put(key, value any) error {
	k, err := Key(key)
	if err != nil {
		return err
	}
	if i, ok := d.at[k]; ok {
		d.values[i] = value
		return nil
	}
	if d.at == nil {
		d.at = map[string]int{}
	}
	d.at[k] = len(d.keys)
	d.keys, d.values = append(d.keys, key), append(d.values, value)
	return nil
}

// Iterate gives what a for loop over the value sees. The error is the TypeError
// of a value that is no container, or Undecidable for a set's order.
func Iterate(v any) ([]any, error) {
	switch v := v.(type) {
	case List:
		return v, nil
	case Tuple:
		return v, nil
	case *Dict:
		return v.keys, nil
	case Set:
		if len(v) > 1 {
			return nil, &Undecidable{"a set's order is left to chance"}
		}
		return v, nil
	case string:
		return characters(v), nil
	case Bytes:
		return octets(v), nil
	}
	return nil, raise("TypeError", "'%s' object is not iterable", typeName(v))
}

func characters(s string) []any {
	out := make([]any, 0, len(s))
	for s != "" {
		size := runeSize(s)
		out, s = append(out, s[:size]), s[size:]
	}
	return out
}

func octets(b Bytes) []any {
	out := make([]any, len(b))
	for i := range out {
		out[i] = big.NewInt(int64(b[i]))
	}
	return out
}
