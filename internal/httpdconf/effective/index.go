package effective

import (
	"slices"
	"strings"
)

// index finds the <Location>s of a path without looking at all of them: there may
// be a hundred thousand.
type index struct {
	plain map[string][]int // by path
	other []int            // patterns and expressions
}

func newIndex(urls []*section) *index {
	x := &index{plain: map[string][]int{}}
	for i, s := range urls {
		if s.matcher != nil || s.wild {
			x.other = append(x.other, i)
		} else {
			x.plain[s.path] = append(x.plain[s.path], i)
		}
	}
	return x
}

// candidates gives the numbers of the sections that may match, in order.
func (x *index) candidates(path string) []int {
	out := slices.Clone(x.other)
	out = append(out, x.plain[""]...)
	for i := range len(path) {
		if path[i] == '/' {
			out = append(out, x.plain[path[:i+1]]...)
			if i > 0 {
				out = append(out, x.plain[path[:i]]...)
			}
		}
	}
	if !strings.HasSuffix(path, "/") {
		out = append(out, x.plain[path]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
