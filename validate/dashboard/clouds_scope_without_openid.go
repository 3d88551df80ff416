package dashboard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/clouds"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsScopeWithoutOpenid() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-scope-without-openid",
		Severity: finding.Warning,
		Title:    "a client does not ask for the scope openid",
		Why:      "A request without the scope `openid` is none of OpenID Connect: issuers then give a token without an ID token, without the user's claims, or refuse. keystoneauth's own value, `openid profile`, holds only where nothing is set.",
		Mend:     "Add openid.",
		Source:   "OpenID Connect Core 1.0, section 3.1.2.1; keystoneauth, _OpenIDConnectBase",
		Check: func(p *rule.Pass) {
			eachFederated(p, func(c cloud) {
				v := c.Auth["openid_scope"]
				if !v.Set() || v.Type != clouds.Str || c.AuthType.Text == "v3oidcclientcredentials" || slices.Contains(strings.Fields(v.Text), "openid") {
					return
				}
				p.Report(finding.Finding{
					At:      v.At,
					Message: fmt.Sprintf("openid_scope of cloud %s is %q, without openid", c.Name, v.Text),
					Hint:    "openid_scope: openid " + v.Text,
				}, v.At)
			})
		},
	}
}
