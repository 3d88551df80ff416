package dashboard

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func webssoChoiceWithoutMapping() rule.Rule {
	return rule.Rule{
		Slug:     "websso-choice-without-mapping",
		Severity: finding.Error,
		Title:    "a choice leads to a protocol that does not exist",
		Why:      "Horizon looks a choice up in `WEBSSO_IDP_MAPPING`, and takes it for the name of a protocol where it is not there: the browser goes to /auth/OS-FEDERATION/websso/CHOICE. Where no protocol is called so, the user sees 404 or 401 after he has chosen.",
		Mend:     "Give the choice an identity provider and a protocol.",
		Source:   "Horizon, openstack_auth/utils.py, get_websso_url",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			choices, _, _ := d.Choices()
			targets, _, known := d.Targets()
			names, idps := protocols(p.Site)
			for _, c := range choices {
				if _, ok := targets[c.Key]; ok || !known || c.Key == credentials || slices.Contains(names, c.Key) || slices.Contains(usual, c.Key) {
					continue
				}
				p.Report(finding.Finding{
					At:       c.At,
					Severity: sureOf(names),
					Message:  fmt.Sprintf("the choice %q is not in WEBSSO_IDP_MAPPING, so that it is taken for a protocol: the browser goes to /auth/OS-FEDERATION/websso/%s", c.Key, c.Key),
					Hint:     fmt.Sprintf("WEBSSO_IDP_MAPPING = {%q: (%q, %q)}", c.Key, likely(c.Key, idps, "IDENTITY PROVIDER"), likely("openid", names, "PROTOCOL")),
				}, "choice:"+c.Key, "WEBSSO_IDP_MAPPING")
			}
		},
	}
}

// usual are the protocols that Keystone's own methods allow.
var usual = []string{"openid", "saml2", "mapped"}

// sureOf: where no protocol is known, one may be called as the choice is.
func sureOf(names []string) finding.Severity {
	if len(names) == 0 {
		return finding.Warning
	}
	return finding.Error
}

// likely gives the name that was most likely meant: the nearest, or the only one.
func likely(name string, known []string, otherwise string) string {
	if slices.Contains(known, name) {
		return name
	}
	if near := finding.Nearest(name, known); near != "" {
		return near
	}
	if len(known) == 1 {
		return known[0]
	}
	return otherwise
}
