package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func locationPatternUnanchored() rule.Rule {
	return rule.Rule{
		Slug:     "location-pattern-unanchored",
		Severity: finding.Info,
		Title:    "an expression for a path holds in the middle of others, too",
		Why: "`<LocationMatch>` and `<Location ~ …>` look for their expression anywhere in the path. Without `^` a section also holds for paths that have its own one inside, " +
			"and takes part in what is decided there. Keystone answers 404 to most of them; it is the sections that are harder to foresee.",
		Mend:   "Begin the expression with `^`, or use a plain `<Location>`.",
		Source: "server/request.c, ap_location_walk (ap_regexec)",
		After:  []string{"location-pattern-unescaped", "location-misses-slash", "pattern-opens-every-provider", "location-outside-of-mount"},
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				var found groups
				for _, d := range v.Doors() {
					if d.Pattern && d.Kind != subject.Callback && !d.Require().Denied() && covers(v, "/x"+d.Path, d.Section) {
						if len(found.order) == 0 {
							found.add(d.Section, d)
						} else {
							found.add(found.order[0], d)
						}
					}
				}
				for _, c := range found.order {
					p.On(c, finding.Finding{
						Message: fmt.Sprintf("<%s %s> has no ^: it holds wherever the path has that inside (%s)", c.Name, c.RawArgs(), doorsText(found.doors[c])),
						Hint:    "<Location " + found.doors[c][0].Path + ">",
					}, abouts(found.doors[c])...)
				}
			}
		},
	}
}
