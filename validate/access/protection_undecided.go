package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func protectionUndecided() rule.Rule {
	return rule.Rule{
		Slug:     "protection-undecided",
		Severity: finding.Info,
		Title:    "only a running server can tell who gets through",
		Why: "`<If>` is decided request by request, by what the request says of itself. Whether its Require lines take the place of those around it cannot be told from the files, " +
			"so that the rules about this path say nothing.",
		Mend:   "Say it with `Require expr` or `Require method` inside a `<RequireAll>`, which adds to the other lines and replaces none.",
		Source: "server/request.c, ap_if_walk; modules/aaa/mod_authz_core.c, merge_authz_core_dir_config",
		Check: func(p *rule.Pass) {
			var found groups
			for _, d := range p.Doors() {
				if c := undecidedBy(d); c != nil {
					found.add(c, d)
				}
			}
			for _, c := range found.order {
				doors := found.doors[c]
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("<%s> decides request by request who gets through to %s: what is required there was not judged", c.Name, doorsText(doors)),
					Hint:    "<RequireAll>\n    Require expr EXPRESSION\n    …\n</RequireAll>",
				}, abouts(doors)...)
			}
		},
	}
}

// undecidedBy gives the section that may change what a door requires; nil for none.
func undecidedBy(d *subject.Door) *httpdconf.Command {
	if undecided := d.Require().Undecided; len(undecided) > 0 {
		return undecided[0]
	}
	for _, l := range d.Context().Layers {
		if !l.Certain && ownAuthType(l.Section) != nil {
			return l.Section
		}
	}
	return nil
}
