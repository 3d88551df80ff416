package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func doorWithoutProvider() rule.Rule {
	return rule.Rule{
		Slug:     "door-without-provider",
		Severity: finding.Error,
		Title:    "a section is for an identity provider that Keystone does not have",
		Why: "The names in the path are the ids of Keystone's objects. A section for an id that it does not know leads to 404 (`Could not find Identity Provider`, or `federated protocol`), " +
			"and the path that clients do call has no section.",
		Mend:   "Write the id as `openstack identity provider list` and `openstack federation protocol list` have it, or create the object.",
		Source: "Keystone, keystone/federation/core.py, get_idp and get_protocol",
		Check: func(p *rule.Pass) {
			if p.Cloud == nil {
				return
			}
			ids, known := providerIDs(p.Cloud)
			compared := 0
			for _, d := range p.Doors() {
				n, ok := loginOf(d)
				if !ok || d.IdP == "" || d.Require().Denied() || known[strings.ToLower(n.idp+"/"+n.protocol)] {
					continue
				}
				f := finding.Finding{Message: fmt.Sprintf("the %s %s is of %s, which %s does not have: logins there end in 404", d.Kind, d.Path, n, p.Cloud.Name)}
				f.Hint = fmt.Sprintf("openstack federation protocol create --identity-provider %s --mapping MAPPING %s", n.idp, n.protocol)
				if compared += len(ids); compared > mostCompared {
					ids = nil
				}
				if near := finding.Nearest(n.idp+"/"+n.protocol, ids); near != "" {
					idp, protocol, _ := strings.Cut(near, "/")
					f.Hint = "<Location " + pathOf(d.Kind, d.Prefix, idp, protocol) + ">"
				}
				p.On(d.Section, f, d, d.Vhost)
			}
		},
	}
}

// mostCompared is how many ids are compared to find the one that was meant.
const mostCompared = 100_000

// providerIDs gives IDP/PROTOCOL of all that Keystone has; its database passes over
// case, and so does known.
func providerIDs(c *subject.Cloud) (ids []string, known map[string]bool) {
	known = map[string]bool{}
	for _, p := range c.Providers {
		for _, protocol := range p.Protocols {
			ids = append(ids, p.ID+"/"+protocol.ID)
			known[strings.ToLower(p.ID+"/"+protocol.ID)] = true
		}
	}
	return ids, known
}
