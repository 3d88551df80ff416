package dashboard

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsOptionUnknown() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-option-unknown",
		Severity: finding.Warning,
		Title:    "a cloud has an option that its auth type does not know",
		Why:      "Options of `auth` that the plugin does not have are passed over, and what was meant is not set. Mostly it is a slip, or an option of another plugin: `idp` for `identity_provider`, `token_endpoint` for `access_token_endpoint`.",
		Mend:     "Write the plugin's own option.",
		Source:   "keystoneauth, keystoneauth1/loading/_plugins/identity/v3.py",
		Check: func(p *rule.Pass) {
			known := plugins()
			eachFederated(p, func(c cloud) {
				options := append(slices.Clone(common), known[c.AuthType.Text]...)
				for _, name := range slices.Sorted(maps.Keys(c.Auth)) {
					if slices.Contains(options, name) || strings.HasPrefix(name, "user_domain") {
						continue
					}
					near := meantOption(name, options)
					if near == "" {
						continue
					}
					p.Report(finding.Finding{
						At:      c.Auth[name].KeyAt,
						Message: fmt.Sprintf("%s has no option %s: it is passed over; %s is likely meant", c.AuthType.Text, name, near),
						Hint:    near + ": …",
						Fix:     replaced(c.Auth[name].KeyAt, near, "call it "+near),
					}, c.At, name, c.path+c.Name+near)
				}
			})
		},
	}
}

// meantOption gives the option that a name was most likely meant for; "" for none.
func meantOption(name string, options []string) string {
	old := map[string]string{"idp": "identity_provider", "identity_provider_id": "identity_provider", "protocol_id": "protocol", "token_endpoint": "access_token_endpoint", "discovery_url": "discovery_endpoint", "token": "access_token"}
	if meant := old[name]; slices.Contains(options, meant) {
		return meant
	}
	return finding.Nearest(name, options)
}
