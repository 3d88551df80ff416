package claims

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimFilteredOut(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-filtered-out",
		Severity: finding.Error,
		Title:    "the module takes away a claim that Keystone looks for",
		Why: "OIDCWhiteListedClaims keeps the claims that it names and drops all others; OIDCBlackListedClaims drops those that it names. They hold for logins in the browser, before the claims are put into the session. " +
			"What a mapping or `remote_id_attribute` looks for is then never there, though the issuer sends it, and bearer tokens with the same claims work.",
		Mend:   "Name every claim that Keystone needs, `iss` and `sub` included.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_filter_claims / oidc_userinfo_store_claims (OIDCWhiteListedClaims, OIDCBlackListedClaims)",
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				if !f.Browser || f.OAuth2 {
					continue
				}
				for _, key := range []string{"oidcwhitelistedclaims", "oidcblacklistedclaims"} {
					if c := f.Vhost.Command(key); c != nil {
						v.filtered(f, c, key == "oidcwhitelistedclaims")
					}
				}
			}
		}),
	}
}

// filtered reports what a filter takes away of that which Keystone looks for.
func (v *view) filtered(f *form, c *httpdconf.Command, keeps bool) {
	var lost []string
	var reads []read
	for _, x := range v.readsFor(f) {
		name, header, ok := f.claim(x.Name)
		if known := v.of(name); header && known != "" {
			name = known
		}
		if !ok || slices.Contains(c.Argv(), name) == keeps || slices.Contains(lost, name) {
			continue
		}
		lost, reads = append(lost, name), append(reads, x)
	}
	if len(lost) == 0 {
		return
	}
	g := finding.Finding{
		Message: fmt.Sprintf("%s takes away %s, which Keystone looks for as %s", c.Name, list(lost), some(reads)),
		Related: related(reads),
	}
	if keeps {
		g.Hint, g.Fix = c.Name+" "+words(append(slices.Clone(c.Argv()), lost...)), appended(c, " "+words(lost))
	} else {
		g.Hint = "# without " + list(lost) + "\n" + c.Name + " " + words(without(c.Argv(), lost))
	}
	v.On(c, g, f.Vhost, names)
}
