package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func locationEndsInSlash() rule.Rule {
	return rule.Rule{
		Slug:     "location-ends-in-slash",
		Severity: finding.Error,
		Title:    "a <Location> ends in a slash that clients do not send",
		Why: "`<Location /x/>` holds for `/x/` and what is below it, not for `/x`. Clients and dashboards call the paths of the federation without a slash at the end: " +
			"what the section asks for is not asked of them.",
		Mend:   "Leave the slash away: `<Location /x>` holds for `/x`, `/x/` and what is below.",
		Source: "server/request.c, ap_location_walk",
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				path, slash := strings.CutSuffix(d.Path, "/")
				if !slash || d.Pattern || d.Kind == subject.Callback {
					continue
				}
				now := stateAt(d.Vhost, d.Kind, path)
				if now != open && now != closed {
					continue
				}
				p.On(d.Section, finding.Finding{
					Message: fmt.Sprintf("<%s %s> does not hold for the %s that clients call, without the slash: %s", d.Section.Name, subject.Arg(d.Section, 0), d.Kind, becomes(now)),
					Hint:    "<Location " + path + ">",
					Fix:     replaceWord(d.Section, 0, path, "leave the slash away"),
				}, d.Vhost, d)
			}
		},
	}
}

// becomes says what becomes of requests in a state.
func becomes(s state) string {
	if s == closed {
		return "everybody gets 403 there"
	}
	return "nobody is asked to log in there"
}
