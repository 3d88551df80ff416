package access

import (
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// uses reports whether one of the directives (in lower case) stands anywhere: most
// configurations need not be looked at for those that hardly anybody has.
func uses(p *rule.Pass, keys ...string) bool {
	for _, t := range p.Trees {
		for _, k := range keys {
			if len(t.Commands(k)) > 0 {
				return true
			}
		}
	}
	return false
}

// once keeps what was found out about a virtual host, of which there may be many
// doors.
func once[V any](find func(*subject.Vhost) V) func(*subject.Vhost) V {
	known := map[*subject.Vhost]V{}
	return func(v *subject.Vhost) V {
		found, ok := known[v]
		if !ok {
			found = find(v)
			known[v] = found
		}
		return found
	}
}
