package keystone

import (
	"fmt"
	"sort"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/subject"
)

// doors are the doors that name an identity provider, by its id.
type doors map[string][]*subject.Door

func doorsOf(s *subject.Site) doors {
	out := doors{}
	for _, d := range s.Doors() {
		if d.IdP != "" && d.Kind != subject.Callback {
			out[d.IdP] = append(out[d.IdP], d)
		}
	}
	return out
}

// first gives the first door of an identity provider; nil for none.
func (d doors) first(idp string) *subject.Door {
	if all := d[idp]; len(all) > 0 {
		return all[0]
	}
	return nil
}

// ids gives the ids of identity providers, or of one's protocols.
func ids[T any](all []T, id func(T) string) []string {
	var out []string
	for _, one := range all {
		out = append(out, id(one))
	}
	sort.Strings(out)
	return out
}

// listed names a few of many for people.
func listed(names []string) string {
	switch n := len(names); {
	case n == 0:
		return "none"
	case n > 3:
		return strings.Join(names[:3], ", ") + fmt.Sprintf(" and %d more", n-3)
	}
	return strings.Join(names, ", ")
}

// seenAt makes a related place of a door.
func seenAt(d *subject.Door) []finding.Related {
	if d == nil {
		return nil
	}
	return []finding.Related{{Message: "here httpd lets its users in", At: d.Section.At()}}
}
