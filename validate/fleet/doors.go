package fleet

import (
	"strings"

	"github.com/fedstone/fedstone/validate/subject"
)

// doorKey names a door over machines.
type doorKey struct {
	kind subject.DoorKind
	path string
}

// doors are those of one virtual host on all machines, to be found by name.
type doors struct {
	same
	order []doorKey
	on    []map[doorKey]*subject.Door // of each machine
}

// keyOf names a door. The redirect URI is compared by a rule of its own: its section
// is the same wherever it lies.
func keyOf(d *subject.Door) doorKey {
	if d.Kind == subject.Callback {
		return doorKey{kind: d.Kind}
	}
	return doorKey{d.Kind, d.Path}
}

// String names the door for people.
func (k doorKey) String() string { return strings.TrimSpace("the " + k.kind.String() + " " + k.path) }

func doorsOf(s same) doors {
	out := doors{same: s}
	seen := map[doorKey]bool{}
	for _, v := range s.hosts {
		own := map[doorKey]*subject.Door{}
		for _, d := range v.Doors() {
			key := keyOf(d)
			own[key] = d
			if !seen[key] {
				seen[key] = true
				out.order = append(out.order, key)
			}
		}
		out.on = append(out.on, own)
	}
	return out
}
