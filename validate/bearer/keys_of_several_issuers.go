package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func keysOfSeveralIssuers() rule.Rule {
	return rule.Rule{
		Slug:     "keys-of-several-issuers",
		Severity: finding.Error,
		Title:    "one virtual host trusts the keys of several issuers",
		Why: "All keys of a virtual host (`OIDCOAuthVerifyCertFiles`, `…SharedKeys`, `…JwksUri`) are one set: which Location a token comes to " +
			"does not matter. Whoever holds the key of one issuer can therefore sign a token that names another issuer and any of its users, " +
			"and `Require claim iss:` takes it, since it reads what the token says. Keystone's remote ids cannot notice either.",
		Mend: "A virtual host of its own for each issuer (behind one public one, as `fedstone render` writes it), or mod_oauth2 with an " +
			"`OAuth2TokenVerify` and a cache of its own in each Location.",
		Source: "mod_auth_openidc src/oauth.c, oidc_oauth_validate_jwt_access_token",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				names := issuers(h.doors)
				at := severalKeys(h.Vhost)
				if at == nil || len(names) < 2 {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s verifies tokens of %s with one set of keys: each of them can sign tokens in the name of the others", h.Name(), listed(names)),
					Hint:    "# one virtual host for each identity provider, with the keys of that one alone",
				}, h.about()...)
			}
		},
	}
}

// listed names a few for people.
func listed(names []string) string {
	if n := len(names); n > 3 {
		return fmt.Sprintf("%s and %d more issuers", strings.Join(names[:2], ", "), n-2)
	}
	return strings.Join(names, " and ")
}

// issuers names whose tokens doors take: the issuers that they require, or where
// a door requires none that is known, its identity provider.
func issuers(doors []*subject.Door) []string {
	var out []string
	seen := map[string]bool{}
	for _, d := range doors {
		name := d.IdP
		if values, exact := d.Require().Claims("iss"); exact && len(values) == 1 {
			name = values[0]
		}
		if name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// severalKeys gives the command that brings a second key; nil where there is one
// key, or one address of keys, alone.
func severalKeys(v *subject.Vhost) *httpdconf.Command {
	n := 0
	if v.Command(jwksURI) != nil {
		n = 1
	}
	for _, key := range []string{certFiles, sharedKeys} {
		if n += len(keys(v, key)); n > 1 && v.Command(key) != nil {
			return v.Command(key)
		}
	}
	return nil
}
