package fleet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
)

func directivesDiffer() rule.Rule {
	return rule.Rule{
		Slug:     "directives-differ",
		Severity: finding.Warning,
		Title:    "controllers have drifted apart",
		Why: "The same virtual host says other things on one controller than on the others: a change that was made on some machines only, or a file that is read in another order. What users see depends on where the load balancer sends them, " +
			"and a fault that shows once in three times is the hardest to find.",
		Mend:   "The same lines on all controllers; reload httpd where one was changed.",
		Source: "mod_auth_openidc, auth_openidc.conf; httpd, modules/metadata/mod_headers.c",
		Fleet: func(p *rule.FleetPass) {
			mark := newMarker()
			for _, s := range alike(machines(p)) {
				for _, key := range drifting(s) {
					if v, differ := count(commanded(s, key, mark)); differ {
						p.Report(v.finding(fmt.Sprintf("%s is not the same everywhere: %s", spelt(s, key), v.sides()), "# the same on all controllers"), key)
					}
				}
			}
		},
	}
}

// drifting gives the directives that any machine has in a virtual host, that matter
// for a login, and that no other rule compares; sorted.
func drifting(s same) []string {
	var out []string
	for _, v := range s.hosts {
		for _, key := range v.Tree.Keys() {
			if matters(key) && len(v.Commands(key)) > 0 && !slices.Contains(out, key) {
				out = append(out, key)
			}
		}
	}
	slices.Sort(out)
	return out
}

func matters(key string) bool {
	switch key {
	case passphraseKey, "oidcredirecturi", "oidcclientid", "oidcclientsecret", "oidcoauthclientid", "oidcoauthclientsecret", "oidccachetype",
		"oidcmemcacheservers", "oidcrediscacheserver", "oidcrediscachedatabase":
		return false // compared by rules of their own
	case "requestheader", "usecanonicalname", "traceenable", "limitrequestfieldsize", "sslprotocol":
		return true
	}
	return strings.HasPrefix(key, "oidc") || strings.HasPrefix(key, "oauth2")
}

// spelt gives a directive's name as it is written.
func spelt(s same, key string) string {
	for _, v := range s.hosts {
		if c := v.Command(key); c != nil {
			return httpdconf.ShownName(c.Name)
		}
	}
	return key
}

func lower(directive string) string { return strings.ToLower(directive) }
