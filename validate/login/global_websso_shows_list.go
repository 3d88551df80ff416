package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func globalWebSSOShowsList(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "global-websso-shows-list",
		Severity: finding.Info,
		Title:    "the global websso path shows a page of issuers",
		Why: "The global path names a protocol and no identity provider, so that with a metadata directory the module asks the user on a page of its own (status 200). " +
			"Somebody who has chosen in Horizon already chooses twice, and the page's list depends on the version: on some it is empty.",
		Mend:   "Offer one choice for each identity provider in Horizon (WEBSSO_IDP_MAPPING), which leads to its own websso path; or set OIDCDiscoverURL to a page of your own.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_discovery; keystone/api/auth.py",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				for _, d := range v.Open {
					if d.Kind != subject.GlobalWebSSO || !many(v.Vhost) {
						continue
					}
					p.On(d.Section, finding.Finding{
						Message: fmt.Sprintf("the global websso path %s shows the module's page of issuers", d.Path),
						Hint:    "lead users to the websso path of their identity provider: WEBSSO_IDP_MAPPING in Horizon",
					}, d)
				}
			}
		},
	}
}
