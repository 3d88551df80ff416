package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func doorOverruled() rule.Rule {
	return rule.Rule{
		Slug:     "door-overruled",
		Severity: finding.Warning,
		Title:    "what a section requires is replaced by a later one",
		Why: "httpd works off `<Location>` and `<LocationMatch>` in the order of the file; the Require lines and the AuthType of the last section that fits count, however general it is. " +
			"What the more exact section in front of it asks for is never looked at.",
		Mend:   "Put general sections in front of exact ones, or narrow the general one.",
		Source: "server/request.c, ap_location_walk",
		After:  []string{"door-granted", "auth-merging-opens", "door-twice", "auth-path-for-browsers-only"},
		Check: func(p *rule.Pass) {
			var found groups
			what := map[*httpdconf.Command]string{}
			paths := pathsOf(p.Doors())
			for _, d := range p.Doors() {
				if w, by := overruled(d); by != nil && paths[by] != d.Path {
					found.add(by, d)
					what[by] = w
				}
			}
			for _, by := range found.order {
				doors := found.doors[by]
				p.On(by, finding.Finding{
					Message: fmt.Sprintf("<%s %s> takes the place of the %s that line %d has for %s", by.Name, by.RawArgs(), what[by], doors[0].Section.At().Start.Line, doorsText(doors)),
					Hint:    "put it in front of line " + fmt.Sprint(doors[0].Section.At().Start.Line),
					Related: []finding.Related{{Message: "this section is overruled", At: doors[0].Section.At()}},
				}, abouts(doors)...)
			}
		},
	}
}

// overruled gives the section that takes the place of a door's own Require lines or
// AuthType; nil for none.
func overruled(d *subject.Door) (what string, by *httpdconf.Command) {
	need := d.Require()
	if len(need.Undecided) > 0 || need.Denied() {
		return "", nil
	}
	lines := need.Lines()
	if len(lines) > 0 && !slices.ContainsFunc(lines, func(c *httpdconf.Command) bool { return locationOf(c) == d.Section }) && len(ownLines(d.Section)) > 0 {
		return "Require lines", locationOf(lines[len(lines)-1])
	}
	own := ownAuthType(d.Section)
	if own == nil || strings.EqualFold(subject.Arg(own, 0), d.AuthType()) {
		return "", nil
	}
	if set := d.Setting("AuthType").Commands; len(set) > 0 && locationOf(set[0]) != d.Section {
		return "AuthType", locationOf(set[0])
	}
	return "", nil
}

func ownAuthType(section *httpdconf.Command) (last *httpdconf.Command) {
	for c := range section.Children() {
		if c.Key() == "authtype" {
			last = c
		}
	}
	return last
}

// pathsOf gives the path of each section that is a door.
func pathsOf(doors []*subject.Door) map[*httpdconf.Command]string {
	out := make(map[*httpdconf.Command]string, len(doors))
	for _, d := range doors {
		out[d.Section] = d.Path
	}
	return out
}
