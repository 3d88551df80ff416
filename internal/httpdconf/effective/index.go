package effective

import (
	"slices"
	"strings"
)

// index finds the <Location>s of a path without looking at all of them: there may
// be a hundred thousand.
type index struct {
	plain  map[string]int32 // by path, the last one
	depths uint64           // how many slashes the paths of plain have: a bit for each number
	older  []int32          // of each, the one of the same path before it; -1 if there is none
	other  []int            // patterns and expressions
}

func newIndex(urls []*section) *index {
	x := &index{plain: make(map[string]int32, len(urls)), older: make([]int32, len(urls))}
	for i, s := range urls {
		if s.matcher != nil || s.wild {
			x.other = append(x.other, i)
			continue
		}
		x.older[i] = x.last(s.path)
		x.plain[s.path] = int32(i)
		x.depths |= bit(strings.Count(s.path, "/"))
	}
	return x
}

func (x *index) last(path string) int32 {
	if i, ok := x.plain[path]; ok {
		return i
	}
	return -1
}

// of adds the numbers of the sections of exactly one path.
func (x *index) of(path string, out []int) []int {
	for i := x.last(path); i >= 0; i = x.older[i] {
		out = append(out, int(i))
	}
	return out
}

// candidates gives the numbers of the sections that may match, in order.
func (x *index) candidates(path string) []int {
	out := x.of("", append(make([]int, 0, len(x.other)+4), x.other...))
	depth := 0
	for i := range len(path) {
		if path[i] != '/' {
			continue
		}
		if i > 0 && x.depths&bit(depth) != 0 {
			out = x.of(path[:i], out)
		}
		if depth++; x.depths&bit(depth) != 0 {
			out = x.of(path[:i+1], out)
		}
	}
	if !strings.HasSuffix(path, "/") && x.depths&bit(depth) != 0 {
		out = x.of(path, out)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// bit stands for a number of slashes; the last one for all that are more.
func bit(depth int) uint64 { return 1 << min(depth, 63) }
