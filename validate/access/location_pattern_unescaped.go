package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func locationPatternUnescaped() rule.Rule {
	return rule.Rule{
		Slug:     "location-pattern-unescaped",
		Severity: finding.Warning,
		Title:    "a dot in an expression stands for any character",
		Why: "In `<LocationMatch>` and `<Location ~ …>` a dot fits any character: the section of the identity provider `op.corp` is one of `op-corp` and `op1corp`, too. " +
			"Tokens of the first are so taken on the paths of the others, where nothing but Keystone's remote ids refuses them.",
		Mend:   "A plain `<Location>`, which knows no special characters; or `\\.` for each dot.",
		Source: "server/request.c, ap_location_walk; pcre2pattern(3)",
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				other := strings.ReplaceAll(d.IdP+"/protocols/"+d.Protocol, ".", "-")
				if !d.Pattern || d.Kind == subject.Callback || d.IdP == "" || !strings.Contains(d.IdP+d.Protocol, ".") || stateOf(d.Require()) == closed {
					continue
				}
				path := strings.Replace(d.Path, d.IdP+"/protocols/"+d.Protocol, other, 1)
				if !covers(d.Vhost, path, d.Section) {
					continue
				}
				p.On(d.Section, finding.Finding{
					Message: fmt.Sprintf("the dot in <%s %s> fits any character: the section also opens %s", d.Section.Name, d.Section.RawArgs(), path),
					Hint:    "<Location " + d.Path + ">",
				}, d, d.Section)
			}
		},
	}
}
