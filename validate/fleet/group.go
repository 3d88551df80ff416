package fleet

import (
	"fmt"
)

// group is what the same machines lack, or have in another way: one finding.
type group struct {
	vote
	items []string
	about []any
}

// groups collects votes by the machines that differ and by how they do.
type groups struct {
	order []string
	by    map[string]*group
}

func (g *groups) add(item string, v vote) {
	key := fmt.Sprintf("%s|%t|%t", names(v.others), v.others[0].mark == "", v.most[0].mark == "")
	one := g.by[key]
	if one == nil {
		if g.by == nil {
			g.by = map[string]*group{}
		}
		one = &group{vote: v}
		g.by[key] = one
		g.order = append(g.order, key)
	}
	one.items = append(one.items, item)
	one.about = append(one.about, v.about()...)
}

// all gives the groups in the order in which they came.
func (g *groups) all() []*group {
	var out []*group
	for _, key := range g.order {
		out = append(out, g.by[key])
	}
	return out
}

// what names the first thing, and how many more there are.
func (g *group) what() string {
	if more := len(g.items) - 1; more > 0 {
		return fmt.Sprintf("%s (and %d more)", g.items[0], more)
	}
	return g.items[0]
}

// sides says who lacks what others have, or has something else.
func (v vote) sides() string {
	switch {
	case v.others[0].mark == "":
		return fmt.Sprintf("%s %s it, %s %s not", names(v.most), has(v.most), names(v.others), has(v.others))
	case v.most[0].mark == "":
		return fmt.Sprintf("%s %s it, %s %s not", names(v.others), has(v.others), names(v.most), has(v.most))
	}
	return fmt.Sprintf("%s %s another one than %s", names(v.others), has(v.others), names(v.most))
}
