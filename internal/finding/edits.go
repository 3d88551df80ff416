package finding

import (
	"bytes"
	"cmp"
	"slices"
)

// change is an edit without its path, lines and columns.
type change struct {
	from, to int
	text     string
}

// edits are the changes of one file, in the order of their places. They do not
// overlap, so that their ends are in order, too. The nil edits are none.
type edits struct {
	sorted []change
	known  map[change]bool
}

func changeOf(e Edit) change { return change{e.At.Start.Byte, e.At.End.Byte, e.Text} }

// overlaps reports whether the edit touches bytes of another one. Edits that
// meet at a border do not, and the same edit does not overlap itself.
func (s *edits) overlaps(e Edit) bool {
	c := changeOf(e)
	if s == nil || s.known[c] {
		return false
	}
	i, _ := slices.BinarySearchFunc(s.sorted, c.from+1, func(have change, from int) int { return cmp.Compare(have.to, from) })
	return i < len(s.sorted) && s.sorted[i].from < c.to
}

// add enters an edit that does not overlap behind those of the same place.
func (s *edits) add(e Edit) {
	c := changeOf(e)
	if s.known[c] {
		return
	}
	s.known[c] = true
	i, _ := slices.BinarySearchFunc(s.sorted, c, func(have, c change) int {
		if have.from < c.from || have.from == c.from && have.to <= c.to {
			return -1
		}
		return 1
	})
	s.sorted = slices.Insert(s.sorted, i, c)
}

func (s *edits) apply(text []byte) []byte {
	var out bytes.Buffer
	done := 0
	for _, c := range s.sorted {
		out.Write(text[done:c.from])
		out.WriteString(c.text)
		done = c.to
	}
	out.Write(text[done:])
	return out.Bytes()
}
