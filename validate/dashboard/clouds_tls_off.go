package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/clouds"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsTlsOff() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-tls-off",
		Severity: finding.Warning,
		Title:    "a client does not check whom it gives tokens",
		Why:      "With `verify: false`, or `insecure: true`, the client takes any certificate for Keystone's. Whoever is in between gets the token of the user, and with it the user's rights.",
		Mend:     "Leave it out, and name the authority in `cacert`.",
		Source:   "openstacksdk, openstack/config/loader.py, get_session",
		Check: func(p *rule.Pass) {
			each(p, func(c cloud) {
				v, f := c.Verify, finding.Finding{Hint: "cacert: /etc/ssl/certs/ca-certificates.crt"}
				off := v.Type == clouds.Bool && v.Text == "False"
				if c.Insecure.True() {
					v, off = c.Insecure, true
				}
				if !off {
					return
				}
				f.At, f.Message = v.At, fmt.Sprintf("cloud %s does not check certificates: its token goes to whoever answers", c.Name)
				f.Fix = replaced(v.At, map[bool]string{true: "false", false: "true"}[c.Insecure.True()], "have certificates checked")
				p.Report(f, v.At)
			})
		},
	}
}
