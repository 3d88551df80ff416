package access

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func federationPathsNotClosed() rule.Rule {
	return rule.Rule{
		Slug:     "federation-paths-not-closed",
		Severity: finding.Warning,
		Title:    "the federation's paths are open where no section names them",
		Why: "Sections protect the paths that they name. Every other identity provider and protocol that Keystone knows, or will know one day, is reached without a login: another spelling (its database takes `CORP` for `corp`), " +
			"a protocol that was added, a provider of a test. mod_auth_openidc takes made-up claims out of requests only where it is asked for a login.",
		Mend:   "Deny them all, in front of the sections that open single paths.",
		Source: "src/mod_auth_openidc.c, oidc_scrub_headers; Keystone, keystone/api/os_federation.py and auth.py",
		After:  []string{"include-not-read", "include-misplaced", "vhost-without-federation", "federation-path-unprotected"},
		Check: func(p *rule.Pass) {
			hole := sync.OnceValue(func() finding.Severity { return severityOfHole(p.Site) })
			for _, v := range gates(p.Site) {
				open := leftOpen(v)
				if len(open) == 0 {
					continue
				}
				p.Report(finding.Finding{
					Severity: hole(),
					At:       v.At(),
					Message:  fmt.Sprintf("%s hands every %s that no section names to Keystone, without a login", v.Name(), kindsText(open)),
					Hint:     denyAll(v),
					Fix:      closeAll(v),
				}, v)
			}
		},
	}
}

func kindsText(places []place) string {
	var kinds []string
	for _, p := range places {
		if k := p.kind.String(); !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return strings.Join(kinds, ", ")
}

// denyAll writes the section that closes every path that logs somebody in.
func denyAll(v *subject.Vhost) string {
	mount := mounts(v)[0]
	return `<LocationMatch "(?i)^` + strings.ReplaceAll(mount, ".", `\.`) + `/v3/(auth/OS-FEDERATION/(websso|identity_providers)|OS-FEDERATION/identity_providers/[^/]+/protocols/[^/]+/auth)">
    Require all denied
</LocationMatch>`
}

// closeAll writes it in front of the first section of the virtual host; nil where it
// has none of its own, or more than one mount.
func closeAll(v *subject.Vhost) *finding.Fix {
	if len(v.Locations) == 0 || len(mounts(v)) != 1 || v.Server.Command == nil {
		return nil
	}
	return subject.InsertBefore("close the federation's paths that no section opens", v.Locations[0], denyAll(v))
}
