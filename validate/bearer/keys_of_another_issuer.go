package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func keysOfAnotherIssuer() rule.Rule {
	return rule.Rule{
		Slug:     "keys-of-another-issuer",
		Severity: finding.Warning,
		Title:    "tokens are verified elsewhere than the issuer's metadata say",
		Why: "The Location requires tokens of an issuer, and that issuer's metadata, which are at hand for the browser's login, name another address of its keys (or another introspection endpoint) than the virtual host asks: that of " +
			"another realm, tenant or stage. Then no token passes both: the right ones are not verified, and those that are say another issuer. All get 401.",
		Mend:   "The address from the issuer's metadata; if those are out of date, renew them.",
		Source: "OpenID Connect Discovery 1.0 section 3; mod_auth_openidc src/oauth.c",
		After:  []string{"verification-set-twice", "one-key-set-for-several-issuers", "keys-of-several-issuers"},
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				for _, d := range h.doors {
					reportElsewhere(p, d, jwksURI, "jwks_uri")
					reportElsewhere(p, d, introspection, "introspection_endpoint")
				}
			}
		},
	}
}

func reportElsewhere(p *rule.Pass, d *subject.Door, key, member string) {
	at := d.Vhost.Command(key)
	issuers, exact := d.Require().Claims("iss")
	if at == nil || !exact || len(issuers) != 1 || loopback(subject.Arg(at, 0)) {
		return
	}
	want, from := described(d.Vhost, p.Folders, issuers[0], member)
	if want == "" || want == subject.Arg(at, 0) {
		return
	}
	p.On(at, finding.Finding{
		Message: fmt.Sprintf("%s verifies tokens of %s at %s, expected %s as its metadata say", d.Path, issuers[0], subject.Arg(at, 0), want),
		Hint:    at.Name + " " + want,
		Related: []finding.Related{{Message: "the issuer's metadata", At: finding.Range{Path: from.Show}}},
	}, d, d.Vhost)
}
