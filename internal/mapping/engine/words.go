package engine

import (
	"slices"

	"github.com/fedstone/fedstone/internal/python"
)

// words numbers the strings that a mapping lists, so that a login's values are
// looked up once and not by every rule.
type words struct {
	numbers map[string]int32
	lengths uint64 // a bit for each length that a string has, counted anew after 64
}

func newWords() *words { return &words{numbers: map[string]int32{}} }

// unlisted is the number of a value that no requirement lists.
const unlisted = -1

// number gives a string's number; a new one for a new string.
func (w *words) number(text string) int32 {
	n, known := w.numbers[text]
	if !known {
		n = int32(len(w.numbers))
		w.numbers[text] = n
		w.lengths |= lengthBit(text)
	}
	return n
}

// find gives a value's number, or unlisted. Most values have a length that no
// listed string has, which is quicker to see.
func (w *words) find(value string) int32 {
	if w.lengths&lengthBit(value) == 0 {
		return unlisted
	}
	if n, known := w.numbers[value]; known {
		return n
	}
	return unlisted
}

func lengthBit(text string) uint64 { return 1 << (len(text) % 64) }

// list gives the listed strings. Other values never equal a claim's value,
// but a list or an object cannot be put into a set.
func (w *words) list(list *Node) ([]int32, error) {
	out := make([]int32, 0, len(list.Items()))
	for _, item := range list.Items() {
		if text, ok := item.Value.(string); ok {
			out = append(out, w.number(text))
		} else if !hashable(item) {
			return nil, &python.Exception{Class: "TypeError", Message: "unhashable type: " + typeName(item)}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// found gives the strings that a condition's expressions find, when these are few
// and no other is; else nil.
func (w *words) found(q requirement) []int32 {
	if q.kind != AnyOneOf && q.kind != NotAnyOf || !q.sure() {
		return nil
	}
	out := []int32{}
	for _, p := range q.patterns {
		texts, ok := p.search.Strings()
		if !ok {
			return nil
		}
		for _, text := range texts {
			out = append(out, w.number(text))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lists reports whether a sorted list holds a number. Short lists are walked
// through, which is quicker than halving them.
func lists(sorted []int32, number int32) bool {
	if len(sorted) > few {
		_, found := slices.BinarySearch(sorted, number)
		return found
	}
	return slices.Contains(sorted, number)
}
