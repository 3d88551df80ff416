package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func discoverURLMissing(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "discover-url-missing",
		Severity: finding.Warning,
		Title:    "an identity provider's websso path shows a page of issuers",
		Why: "With a metadata directory the module does not know to which issuer a login is to go, and answers with a page of its own on which the user has to choose (status 200, " +
			"\"OpenID Connect Provider Discovery\"), although the path is one identity provider's. Who chooses another issuer there is refused by Keystone afterwards; in some versions the page's list is empty.",
		Mend:   "Name the issuer in the Location: `OIDCDiscoverURL REDIRECT_URI?iss=ISSUER`, the issuer percent-encoded.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_discovery",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				for _, d := range v.Open {
					if d.Kind == subject.WebSSO && many(v.Vhost) {
						p.On(d.Section, v.noDiscovery(d), d)
					}
				}
			}
		},
	}
}

func (v *party) noDiscovery(d *subject.Door) finding.Finding {
	f := finding.Finding{
		Message: fmt.Sprintf("the websso path of %s names no issuer: users get the module's page of issuers", orAny(d.IdP)),
		Hint:    v.discoverLine("ISSUER"),
	}
	issuer := issuerOf(d)
	if issuer == "" {
		return f
	}
	f.Hint = v.discoverLine(issuer)
	if at := d.Setting("AuthType").Commands; len(at) == 1 && at[0].Parent() == d.Section {
		f.Fix = subject.InsertBehind(at[0], f.Hint)
	}
	return f
}

func orAny(idp string) string {
	if idp == "" {
		return "any identity provider"
	}
	return "identity provider " + idp
}
