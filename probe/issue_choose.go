package probe

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// choose takes the place of an id, else the only one of a name: names are unique
// in a domain alone.
func choose(all []keystone.Named, kind, want string, o outcome) (keystone.Named, outcome) {
	var named []keystone.Named
	for _, p := range all {
		switch want {
		case p.ID:
			return p, o
		case p.Name:
			named = append(named, p)
		}
	}
	if len(named) == 1 {
		return named[0], o
	}
	o.verdict = Fail
	if len(named) > 1 {
		o.cause, o.mend = fmt.Sprintf("%d domains have a %s %q", len(named), kind, want), "choose by id: "+strings.Join(namesOf(named), ", ")
		return keystone.Named{}, o
	}
	o.cause, o.mend = fmt.Sprintf("the user has no role on a %s %q", kind, want), fmt.Sprintf("choose one of: %s; or give a group of the user's a role there", cmp.Or(strings.Join(namesOf(all), ", "), "none"))
	return keystone.Named{}, o
}

// likeID tells an id as Keystone makes them, of 32 hexadecimal digits.
func likeID(text string) bool {
	return len(text) == 32 && strings.Trim(text, "0123456789abcdef") == ""
}

func enabled(all []keystone.Named) []keystone.Named {
	var out []keystone.Named
	for _, p := range all {
		if p.Enabled {
			out = append(out, p)
		}
	}
	return out
}

// namesOf gives names with ids, since a name may stand twice.
func namesOf(all []keystone.Named) []string {
	var out []string
	for _, p := range all {
		out = append(out, fmt.Sprintf("%s (%s)", p.Name, p.ID))
	}
	return out
}
