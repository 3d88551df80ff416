package dashboard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsIdpUnknown() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-idp-unknown",
		Severity: finding.Error,
		Title:    "a cloud names an identity provider or a protocol that has no path",
		Why:      "The client makes the path of the login from `identity_provider` and `protocol`. Where httpd has no section for it, the answer is 403, or 404 and 401 from Keystone. Names are compared letter by letter.",
		Mend:     "Write the names as in httpd's path.",
		Source:   "keystoneauth, keystoneauth1/identity/v3/federation.py, federated_token_url",
		Check: func(p *rule.Pass) {
			idps, protocols, sure := auths(p.Site)
			if !sure {
				return
			}
			eachFederated(p, func(c cloud) {
				if !ourCloud(p.Site, c) {
					return
				}
				for _, name := range []string{"identity_provider", "protocol"} {
					known := map[string][]string{"identity_provider": idps, "protocol": protocols}[name]
					v := c.Auth[name]
					if v.Text == "" || slices.Contains(known, v.Text) {
						continue
					}
					f := finding.Finding{
						At:      v.At,
						Message: fmt.Sprintf("cloud %s has the %s %s, but httpd has auth paths for %s alone", c.Name, name, v.Text, strings.Join(known[:min(3, len(known))], ", ")),
						Hint:    name + ": " + likely(v.Text, known, known[0]),
					}
					if near := likely(v.Text, known, ""); near != "" {
						f.Fix = replaced(v.At, near, "write "+near)
					}
					p.Report(f, v.At)
				}
			})
		},
	}
}
