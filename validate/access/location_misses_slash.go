package access

import (
	"fmt"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func locationMissesSlash() rule.Rule {
	return rule.Rule{
		Slug:     "location-misses-slash",
		Severity: finding.Warning,
		Title:    "a slash at the end leads around a section",
		Why: "Keystone strips slashes at the end of a path: `…/auth/` is `…/auth` to it. A plain `<Location>` holds for both; an expression that ends in `$`, and a `<Location>` with wildcards, " +
			"hold for the path without a slash alone. With one, the request reaches Keystone unprotected, with whatever claims its headers make up.",
		Mend:   "A plain `<Location>`; in an expression `/*$` in the place of `$`.",
		Source: "server/request.c, ap_location_walk; Keystone, keystone/server/flask/core.py (url_normalize middleware)",
		After:  []string{"federation-paths-not-closed", "deny-not-for-every-spelling", "location-outside-of-mount"},
		Check: func(p *rule.Pass) {
			hole := sync.OnceValue(func() finding.Severity { return severityOfHole(p.Site) })
			for _, d := range p.Doors() {
				if !d.Pattern || d.Kind == subject.Callback || strings.HasSuffix(d.Path, "/") || stateOf(d.Require()) != guarded {
					continue
				}
				if stateAt(d.Vhost, d.Kind, d.Path+"/") != open || len(mounts(d.Vhost)) == 0 {
					continue
				}
				p.On(d.Section, finding.Finding{
					Severity: hole(),
					Message:  fmt.Sprintf("<%s %s> does not hold for the %s with a slash at its end, which is the same to Keystone: no login is asked for there", d.Section.Name, d.Section.RawArgs(), d.Kind),
					Hint:     plainSection(d),
				}, d, d.Vhost)
			}
		},
	}
}

// plainSection writes a section that holds for a path with and without a slash.
func plainSection(d *subject.Door) string {
	if d.IdP != "" || d.Kind == subject.GlobalWebSSO && d.Protocol != "" {
		return "<Location " + d.Path + ">"
	}
	pattern := strings.TrimSuffix(subject.Arg(d.Section, len(d.Section.Argv())-1), "$")
	return `<LocationMatch "` + strings.ReplaceAll(pattern, "*", "[^/]+") + `/*$">`
}
