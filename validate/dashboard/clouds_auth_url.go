package dashboard

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsAuthUrl() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-auth-url",
		Severity: finding.Error,
		Title:    "auth_url does not end in /v3",
		Why:      "The federated plugins put `/OS-FEDERATION/…` behind `auth_url` as it is; newer versions of keystoneauth add a `/v3` that is missing. One that ends in `/v2.0`, `/v3/auth/tokens` or a path of the federation makes an address that does not exist: 404.",
		Mend:     "End it in /v3.",
		Source:   "keystoneauth, keystoneauth1/identity/v3/federation.py, federated_token_url",
		Check: func(p *rule.Pass) {
			eachFederated(p, func(c cloud) {
				u, v := c.url("auth_url"), c.Auth["auth_url"]
				if u == nil || versioned(u) && !strings.Contains(u.Path, "/v3/v3") {
					return
				}
				path := strings.TrimRight(u.Path, "/")
				for _, end := range []string{"/v3/v3", "/v3/auth/tokens", "/v3/auth", "/v3/OS-FEDERATION", "/v2.0"} {
					path = strings.TrimSuffix(path, end)
				}
				f := finding.Finding{At: v.At, Severity: finding.Warning}
				if strings.TrimRight(u.Path, "/") != path {
					f.Severity = finding.Error
				}
				u.Path = path + "/v3"
				f.Message = fmt.Sprintf("auth_url is %s, which does not end in /v3: the login's address may not exist", v.Text)
				f.Hint, f.Fix = "auth_url: "+u.String(), replaced(v.At, u.String(), "end it in /v3")
				p.Report(f, v.At)
			})
		},
	}
}
