package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsAuthTypeMissing() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-auth-type-missing",
		Severity: finding.Error,
		Title:    "a cloud has what a federated login needs, but logs in with a password",
		Why:      "Without `auth_type` openstacksdk takes the plugin `password`. `identity_provider`, `protocol` and `discovery_endpoint` are then looked at by nobody, and the client asks for a password or says that something is missing.",
		Mend:     "Name the plugin that the options are meant for.",
		Source:   "openstacksdk, openstack/config/loader.py, openstack/config/defaults.json",
		Check: func(p *rule.Pass) {
			each(p, func(c cloud) {
				idp := c.Auth["identity_provider"]
				if c.AuthType.Set() || !idp.Set() || c.Profile.Set() || c.Extra["auth_plugin"].Set() {
					return
				}
				meant := "v3oidcaccesstoken"
				if c.Auth["client_secret"].Set() || c.Auth["client_id"].Set() {
					meant = "v3oidcclientcredentials"
				}
				p.Report(finding.Finding{
					At:      c.At,
					Message: fmt.Sprintf("cloud %s has an identity_provider but no auth_type: clients take the plugin password, which passes over it", c.Name),
					Hint:    "auth_type: " + meant,
				}, c.At)
			})
		},
	}
}
