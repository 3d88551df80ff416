package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func headerUnsetInLocation() rule.Rule {
	return rule.Rule{
		Slug:     "header-unset-in-location",
		Severity: finding.Error,
		Title:    "an early RequestHeader has no effect inside a section",
		Why: "`early` is worked off before httpd looks for the sections of a request: inside `<Location>` or `<Directory>` it is taken without a word and never done. " +
			"The header that it was to take out of requests stays.",
		Mend:   "Put the line into the virtual host, outside of every section.",
		Source: "modules/metadata/mod_headers.c, ap_headers_early",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range t.Commands("requestheader") {
					section := c.Parent()
					if section == nil || section.Key() == "<virtualhost" || !effective.Early(c) || !claimOrForwarded(t.VhostOf(c), c) {
						continue
					}
					v := t.VhostOf(c)
					p.On(c, finding.Finding{
						Message: fmt.Sprintf("`%s` does nothing inside <%s>, only outside of all sections: clients can send the header %s", written(c), section.Name, subject.Arg(c, 1)),
						Hint:    written(c),
						Fix:     moveOut(c, section),
					}, v, "headers of claims")
				}
			}
		},
	}
}

// claimOrForwarded reports whether a header is a claim's, or one that says where the
// server is reached.
func claimOrForwarded(v *subject.Vhost, c *httpdconf.Command) bool {
	header := strings.ToLower(subject.Arg(c, 1))
	return strings.HasPrefix(header, "oidc-") || strings.HasPrefix(header, "x-forwarded-") || ofClaims(c, v.Value("oidcclaimprefix"))
}

// moveOut puts a line in front of the outermost section around it.
func moveOut(c, section *httpdconf.Command) *finding.Fix {
	for section.Parent() != nil && section.Parent().Key() != "<virtualhost" {
		section = section.Parent()
	}
	drop, insert := subject.Drop("", c), subject.InsertBefore("", section, written(c))
	if drop == nil || insert == nil {
		return nil
	}
	return &finding.Fix{Title: "move the line out of the section", Edits: append(insert.Edits, drop.Edits...)}
}
