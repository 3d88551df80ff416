package access

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func deniedByMistake() rule.Rule {
	return rule.Rule{
		Slug:     "denied-by-mistake",
		Severity: finding.Error,
		Title:    "a section that opens a path is overruled by one that denies it",
		Why: "httpd works off `<Location>` and `<LocationMatch>` in the order of the file, whatever their length, and the Require lines of the last one that fits count. A general deny " +
			"behind the sections that open single paths closes those, too; `AuthMerging And` joins it to them. Everybody gets 403.",
		Mend:   "Put the general deny in front of the sections that open paths, and leave AuthMerging alone.",
		Source: "server/request.c, ap_location_walk; modules/aaa/mod_authz_core.c, merge_authz_core_dir_config",
		Check: func(p *rule.Pass) {
			var found groups
			for _, d := range p.Doors() {
				if deny := overrulingDeny(d); deny != nil {
					found.add(deny, d)
				}
			}
			for _, deny := range found.order {
				doors := found.doors[deny]
				p.On(deny, finding.Finding{
					Message: fmt.Sprintf("this deny overrules the section of %s (line %d): everybody gets 403", doorsText(doors), doors[0].Section.At().Start.Line),
					Hint:    "put it in front of line " + fmt.Sprint(doors[0].Section.At().Start.Line),
					Related: []finding.Related{{Message: "this section is overruled", At: doors[0].Section.At()}},
				}, abouts(doors)...)
			}
		},
	}
}

// overrulingDeny gives the `Require all denied` for which nobody passes, though the
// door's own section says who may; nil for none.
func overrulingDeny(d *subject.Door) *httpdconf.Command {
	need := d.Require()
	if !need.Denied() || len(need.Undecided) > 0 || !slices.ContainsFunc(ownLines(d.Section), func(c *httpdconf.Command) bool { return !denies(c) }) {
		return nil
	}
	lines := need.Lines()
	i := slices.IndexFunc(lines, denies)
	if i < 0 || locationOf(lines[i]) == d.Section {
		return nil
	}
	return lines[i]
}
