package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func webssoChoiceWithoutDoor() rule.Rule {
	return rule.Rule{
		Slug:     "websso-choice-without-door",
		Severity: finding.Error,
		Title:    "a choice leads to a path that httpd does not open",
		Why:      "A choice sends the browser to a path of Keystone. Where httpd has no section for it, nobody is asked to log in: httpd answers 403 where the federation's paths are closed, and Keystone 401 or 404 where they are not.",
		Mend:     "Write the section, or name the identity provider and the protocol of one that is there.",
		Source:   "Horizon, openstack_auth/utils.py, get_websso_url; Keystone, keystone/api/auth.py",
		After:    []string{"websso-mapping-swapped", "websso-choice-without-mapping", "websso-choices-flat", "websso-mapping-not-a-pair"},
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			all, order, sure := webs(p.Site)
			if d == nil || !sure {
				return
			}
			choices, _, _ := d.Choices()
			targets, _, known := d.Targets()
			for _, c := range choices {
				w := chosen(c.Key, targets)
				if c.Key == credentials || all[w] != nil || w.idp == "" && !known {
					continue
				}
				at := c.At
				if t, ok := targets[c.Key]; ok {
					at = t.At
				}
				p.Report(finding.Finding{
					At:      at,
					Message: fmt.Sprintf("the choice %q leads to %s, for which no virtual host has a section", c.Key, w),
					Hint:    fmt.Sprintf("# sections are there for %s", order[0]),
					Related: []finding.Related{{Message: "such a section", At: all[order[0]].Section.At()}},
				}, "choice:"+c.Key, "WEBSSO_IDP_MAPPING")
			}
		},
	}
}

// String names the path for people.
func (w web) String() string {
	if w.idp == "" {
		return "the global websso path of protocol " + w.protocol
	}
	return "identity provider " + w.idp + " with protocol " + w.protocol
}
