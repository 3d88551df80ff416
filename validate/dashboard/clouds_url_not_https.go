package dashboard

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsUrlNotHttps() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-url-not-https",
		Severity: finding.Warning,
		Title:    "a client sends secrets without TLS",
		Why:      "The client sends the user's token to `auth_url`, and its secret or a password to the issuer. To an address with `http://` they go unencrypted.",
		Mend:     "Write https.",
		Source:   "RFC 6749, section 3.2; RFC 6750, section 5.3",
		Check: func(p *rule.Pass) {
			eachFederated(p, func(c cloud) {
				for _, name := range []string{"auth_url", "discovery_endpoint", "access_token_endpoint", "device_authorization_endpoint"} {
					u, v := c.url(name), c.Auth[name]
					if u == nil || u.Scheme != "http" || private(u.Hostname()) {
						continue
					}
					p.Report(finding.Finding{
						At:      v.At,
						Message: fmt.Sprintf("%s of cloud %s is %s: tokens and secrets go there without TLS", name, c.Name, v.Text),
						Hint:    name + ": https" + strings.TrimPrefix(v.Text, "http"),
					}, v.At)
				}
			})
		},
	}
}
