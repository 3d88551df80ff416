package dashboard

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func horizonTlsOff() rule.Rule {
	return rule.Rule{
		Slug:     "horizon-tls-off",
		Severity: finding.Warning,
		Title:    "Horizon does not check whom it gives passwords and tokens",
		Why:      "With `OPENSTACK_SSL_NO_VERIFY` Horizon takes any certificate for Keystone's. Whoever is in between reads users' passwords and the tokens of federated logins.",
		Mend:     "Set it to False and give the authority's certificate in OPENSTACK_SSL_CACERT.",
		Source:   "Horizon, openstack_auth/utils.py, get_session",
		Check: func(p *rule.Pass) {
			if p.Dashboard == nil {
				return
			}
			if off, known, at := p.Dashboard.On("OPENSTACK_SSL_NO_VERIFY", false); off && known {
				p.Report(finding.Finding{
					At: at, Message: "OPENSTACK_SSL_NO_VERIFY is on: Horizon takes any certificate for Keystone's",
					Hint: "OPENSTACK_SSL_NO_VERIFY = False\nOPENSTACK_SSL_CACERT = \"/etc/ssl/certs/ca-certificates.crt\"",
					Fix:  replaced(at, "False", "have certificates checked"),
				}, "OPENSTACK_SSL_NO_VERIFY")
			}
		},
	}
}
