package access

import (
	"fmt"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func federationPathUnprotected() rule.Rule {
	return rule.Rule{
		Slug:     "federation-path-unprotected",
		Severity: finding.Error,
		Title:    "an identity provider's path reaches Keystone without a login",
		Why: "An identity provider and protocol that another virtual host, a description or the live Keystone names has no section here, and nothing closes its path. httpd asks for no login there: " +
			"a genuine token is not looked at, so that Keystone answers 401, and claims that a caller makes up in headers are not taken out.",
		Mend:   "Write the section of that path into this virtual host as well (AuthType and Require), or close the paths that no section opens.",
		Source: "Keystone, keystone/api/os_federation.py; src/mod_auth_openidc.c, oidc_scrub_headers",
		After:  []string{"vhost-without-federation", "location-outside-of-mount", "location-is-no-path", "location-mistyped", "location-ends-in-slash"},
		Check: func(p *rule.Pass) {
			if alone(p.Site) {
				return
			}
			named := sync.OnceValue(func() *logins { return namedLogins(p.Site) })
			for _, v := range gates(p.Site) {
				if len(leftOpen(v)) == 0 {
					continue
				}
				all := named()
				missing := unprotected(v, all)
				if len(missing) == 0 {
					continue
				}
				first := missing[0]
				p.Report(finding.Finding{
					At:      v.At(),
					Message: fmt.Sprintf("%s protects no %s of %s%s, which %s names: nobody is asked to log in there", v.Name(), first.kind, first, andMore(len(missing)-1), all.by[first]),
					Hint:    "<Location " + pathOf(first.kind, mounts(v)[0], first.idp, first.protocol) + ">",
				}, v)
			}
		},
	}
}

// unprotected are the logins that reach Keystone unasked at a virtual host, and that
// no section of it names: what is wrong with those is told by itself.
func unprotected(v *subject.Vhost, all *logins) []login {
	own := map[login]bool{}
	for _, d := range v.Doors() {
		if n, ok := loginOf(d); ok {
			own[n] = true
		}
	}
	var out []login
	if len(all.order) == len(own) {
		return nil
	}
	for _, n := range all.order {
		if !own[n] && stateAt(v, n.kind, pathOf(n.kind, mounts(v)[0], n.idp, n.protocol)) == open {
			out = append(out, n)
		}
	}
	return out
}

func andMore(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// alone reports whether one virtual host has all sections, and nothing else names an
// identity provider.
func alone(site *subject.Site) bool {
	n := 0
	for _, v := range site.Vhosts() {
		if len(v.Doors()) > 0 {
			n++
		}
	}
	return n < 2 && len(providers(site)) == 0
}
