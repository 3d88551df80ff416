package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func publicEndpointNotHTTPS() rule.Rule {
	return rule.Rule{
		Slug:     "public-endpoint-not-https",
		Severity: finding.Warning,
		Title:    "Keystone tells clients an address without TLS",
		Why: "Clients go where the version document sends them, which is `public_endpoint`. With `http://` they leave TLS there: passwords and tokens travel unencrypted, or, where nobody listens without TLS, " +
			"the client hangs or is told that the connection was refused.",
		Mend:   "Write it with https.",
		Source: "Keystone, keystone/api/discovery.py; keystone/conf/default.py, public_endpoint",
		Check: func(p *rule.Pass) {
			u, v := public(p.Site)
			if u == nil || u.Scheme != "http" || local(u.Hostname()) || len(uses(p.Site)) == 0 {
				return
			}
			better := "https" + strings.TrimPrefix(v.Text, "http")
			p.Report(finding.Finding{At: line(v), Message: fmt.Sprintf("public_endpoint %s sends clients to an address without TLS", v.Text), Hint: "public_endpoint = " + better})
		},
	}
}
