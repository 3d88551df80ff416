package explain

import (
	"cmp"
	"fmt"
	"slices"
)

// curve is one line as SVG draws it.
type curve struct{ D, Class, Title string }

// gutter gives the lines from a column to the next, in a strip of gutterWidth
// that is stretched to the space there is. Lines of a login that goes on lie
// above those of one that is stopped.
func (p *picture) gutter(column int) []curve {
	var out []curve
	for _, l := range p.ordered() {
		if l.from.column == column {
			d := fmt.Sprintf("M0 %d C50 %[1]d 50 %d %d %[2]d", l.from.y, l.to.y, gutterWidth)
			out = append(out, curve{d, l.class, l.Title})
		}
	}
	return out
}

// ordered gives the links that matter most last: the last is on top.
func (p *picture) ordered() []link {
	order := []string{string(unreached), "fixed", string(passed), "flow", string(stopped)}
	return slices.SortedStableFunc(slices.Values(p.links), func(a, b link) int {
		return cmp.Compare(slices.Index(order, a.class), slices.Index(order, b.class))
	})
}

// Height is the picture's, with its columns side by side.
func (p *picture) Height() int { return max(p.claimsHeight, p.rulesHeight, p.resultsHeight) }

// Stacked is the picture's height with its columns below each other.
func (p *picture) Stacked() int { return p.top(2) + p.resultsHeight }

// top says where a column begins when they stand below each other.
func (p *picture) top(column int) int {
	return []int{0, p.claimsHeight + columnGap, p.claimsHeight + p.rulesHeight + 2*columnGap}[column]
}

// rail gives all lines for columns that stand below each other: each runs down
// in a lane at their side. Two lines share a lane only where there are more than
// fit.
func (p *picture) rail() []curve {
	lanes := lanes{}
	var out []curve
	for _, l := range p.ordered() {
		from, to := p.top(l.from.column)+l.from.y, p.top(l.to.column)+l.to.y
		x := railWidth - 8 - railDistance*lanes.take(from, to)
		d := fmt.Sprintf("M%[1]d %[2]d H%[4]d Q%[3]d %[2]d %[3]d %[5]d V%[6]d Q%[3]d %[7]d %[4]d %[7]d H%[1]d", railWidth, from, x, x+5, from+5, to-5, to)
		out = append(out, curve{d, l.class, l.Title})
	}
	return out
}

// lanes holds, for each lane, the stretches that are taken.
type lanes [railLanes][][2]int

// take gives the first lane that is free from one height to another.
func (l *lanes) take(from, to int) int {
	best, least := 0, int(^uint(0)>>1)
	for i, stretches := range l {
		crossed := 0
		for _, s := range stretches {
			if s[0] <= to && from <= s[1] {
				crossed++
			}
		}
		if crossed < least {
			best, least = i, crossed
		}
	}
	l[best] = append(l[best], [2]int{from, to})
	return best
}
