package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// groups gather the doors for which one command is the cause, in the order of finding.
type groups struct {
	order []*httpdconf.Command
	doors map[*httpdconf.Command][]*subject.Door
}

func (g *groups) add(cause *httpdconf.Command, d *subject.Door) {
	if g.doors == nil {
		g.doors = map[*httpdconf.Command][]*subject.Door{}
	}
	if len(g.doors[cause]) == 0 {
		g.order = append(g.order, cause)
	}
	g.doors[cause] = append(g.doors[cause], d)
}

// doorsText names the first of several doors, and how many more there are.
func doorsText(doors []*subject.Door) string {
	text := fmt.Sprintf("the %s %s", doors[0].Kind, doors[0].Path)
	if len(doors) > 1 {
		text += fmt.Sprintf(" and %d more", len(doors)-1)
	}
	return text
}

// abouts are doors and their sections, as what a finding is about.
func abouts(doors []*subject.Door) []any {
	var out []any
	for _, d := range doors {
		out = append(out, d, d.Section)
	}
	return out
}
