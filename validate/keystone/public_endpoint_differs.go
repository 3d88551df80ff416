package keystone

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func publicEndpointDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "public-endpoint-differs",
		Severity: finding.Warning,
		Title:    "Keystone calls itself by a name that its virtual host does not have",
		Why: "Clients that discover the API are sent to `public_endpoint`. Where that is another name than the virtual host's, the bearer token of a federated user goes there: to an older address, or to one with other sections, " +
			"and the login that works with curl fails with the client.",
		Mend:   "Write the address that clients use, the same as in ServerName.",
		Source: "Keystone, keystone/api/discovery.py; keystone/common/wsgi.py, base_url",
		Check: func(p *rule.Pass) {
			u, v := public(p.Site)
			all := gates(p.Site)
			if u == nil || len(all) == 0 || slices.ContainsFunc(all, func(g *subject.Vhost) bool { return called(g, u.Hostname()) || comesBackTo(g, u.Hostname()) }) {
				return
			}
			p.Report(finding.Finding{
				At:      line(v),
				Message: fmt.Sprintf("public_endpoint is %s, but the virtual host with the federation is %s: clients that discover Keystone go elsewhere", v.Text, all[0].Server.Name),
				Hint:    "public_endpoint = " + all[0].Value("servername"),
				Related: []finding.Related{{Message: "the virtual host", At: all[0].At()}},
			})
		},
	}
}

// comesBackTo reports whether browsers come back from the issuer by a host: it is then
// the name that clients use, of a proxy in front of the virtual host.
func comesBackTo(v *subject.Vhost, host string) bool {
	u, err := url.Parse(v.Value("oidcredirecturi"))
	return err == nil && strings.EqualFold(u.Hostname(), host)
}
