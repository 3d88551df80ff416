package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsOptionMissing() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-option-missing",
		Severity: finding.Error,
		Title:    "a cloud lacks what its auth type must have",
		Why:      "A federated login needs Keystone's URL, the identity provider and the protocol, since they make the path that is called. Where one is missing and no environment variable or option of the command gives it, the client ends with \"Auth plugin requires parameters which were not given\".",
		Mend:     "Add it.",
		Source:   "keystoneauth, keystoneauth1/loading/identity.py, BaseFederationLoader",
		After:    []string{"clouds-option-unknown"},
		Check: func(p *rule.Pass) {
			eachFederated(p, func(c cloud) {
				for _, name := range []string{"auth_url", "identity_provider", "protocol"} {
					if c.Auth[name].Set() || c.Profile.Set() {
						continue
					}
					p.Report(finding.Finding{
						At:      c.At,
						Message: fmt.Sprintf("cloud %s has no %s, which %s must have", c.Name, name, c.AuthType.Text),
						Hint:    map[string]string{"auth_url": "auth_url: " + publicURL(p.Site), "protocol": "protocol: openid"}[name],
					}, c.path+c.Name+name)
				}
			})
		},
	}
}
