package dashboard

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func keystoneUrlWithoutV3() rule.Rule {
	return rule.Rule{
		Slug:     "keystone-url-without-v3",
		Severity: finding.Error,
		Title:    "browsers are sent to Keystone without /v3",
		Why:      "Horizon puts `/auth/OS-FEDERATION/…` behind `WEBSSO_KEYSTONE_URL`, or `OPENSTACK_KEYSTONE_URL`, as they are. Without `/v3` at the end no such path exists: who chooses his portal sees 404.",
		Mend:     "End the URL in /v3, without a slash behind.",
		Source:   "Horizon, openstack_auth/utils.py, get_websso_url",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			text, by, at := d.WebURL()
			u, _, ok := hostOf(text)
			if choices, _, _ := d.Choices(); !ok || versioned(u) || len(choices) < 2 {
				return
			}
			better := strings.TrimSuffix(text, "/") + "/v3"
			p.Report(finding.Finding{
				At:      at,
				Message: fmt.Sprintf("%s is %s without /v3: browsers are sent to %s/auth/OS-FEDERATION/…, which is 404", by, text, strings.TrimSuffix(text, "/")),
				Hint:    fmt.Sprintf("%s = %q", by, better),
				Fix:     replaced(at, fmt.Sprintf("%q", better), "end the URL in /v3"),
			}, "WEBSSO_KEYSTONE_URL")
		},
	}
}
