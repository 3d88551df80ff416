package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
)

func emptyRequireContainer() rule.Rule {
	return rule.Rule{
		Slug:     "empty-require-container",
		Severity: finding.Error,
		Title:    "a container of Require lines is empty",
		Why: "httpd refuses a `<RequireAll>`, `<RequireAny>` or `<RequireNone>` in which nothing is left, as it is after the last line was " +
			"made a comment, or an `<IfModule>` around the lines does not hold. Neither a start nor a reload works then.",
		Mend:   "Write the Require lines into it, or take the container away: with nothing in its place, the section asks for no login.",
		Source: "modules/aaa/mod_authz_core.c, add_authz_section",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, key := range requireContainers() {
					for _, c := range t.Commands(key) {
						if len(partsOf(c)) == 0 {
							p.On(c, finding.Finding{
								Message: fmt.Sprintf("<%s> has no Require line in it: httpd does not start", c.Name),
								Hint:    "Require claim iss:ISSUER",
							}, around(c)...)
						}
					}
				}
			}
		},
	}
}

func requireContainers() []string {
	return []string{"<requireall", "<requireany", "<requirenone"}
}

// partsOf gives the Require lines and containers that stand directly in a container
// or section, or in a <Limit> of it.
func partsOf(c *httpdconf.Command) []*httpdconf.Command {
	var out []*httpdconf.Command
	for child := range c.Children() {
		switch child.Key() {
		case "require", "<requireall", "<requireany", "<requirenone":
			out = append(out, child)
		case "<limit", "<limitexcept":
			out = append(out, partsOf(child)...)
		}
	}
	return out
}
