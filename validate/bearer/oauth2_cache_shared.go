package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauth2CacheShared() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-cache-shared",
		Severity: finding.Error,
		Title:    "what one issuer's keys have verified is taken at another one's path",
		Why: "mod_oauth2 remembers for five minutes that a token was verified, under the token alone. Locations without a cache of their own " +
			"share one memory: a token that was verified at one path is taken at every other path without asking that one's keys. `Require " +
			"oauth2_claim iss:` does not prevent it, since an issuer can write another one's name into a token: refused at its own path, it " +
			"is remembered as verified, and logs in at the other's as any of its users.",
		Mend: "An `OAuth2Cache shm name=IDP` for each identity provider, in front of the Locations, and `verify.cache=IDP` among the options of " +
			"its `OAuth2TokenVerify`.",
		Source: "liboauth2 src/oauth2.c, oauth2_token_verify; mod_oauth2 issue 76",
		Check: func(p *rule.Pass) {
			first := map[string]*subject.Door{}
			for _, d := range oauth2Doors(p) {
				for _, v := range verifies(d) {
					reportShared(p, d, v, first)
				}
			}
		},
	}
}

// reportShared speaks of the second door that remembers in a place of a first one
// with other keys.
func reportShared(p *rule.Pass, d *subject.Door, v verify, first map[string]*subject.Door) {
	name := v.options.Get("verify.cache")
	if v.options.Get("expiry") == "0" {
		return
	}
	place := fmt.Sprintf("%p %s", d.Vhost.Tree, name)
	other := first[place]
	if other == nil {
		first[place] = d
		return
	}
	if sameKeys(other, v) {
		return
	}
	p.On(v.at, finding.Finding{
		Message: fmt.Sprintf("the %s %s remembers verified tokens %s: tokens that the other one's issuer signed pass here", d.Kind, d.Path, together(name, other)),
		Hint:    fmt.Sprintf("OAuth2Cache shm name=%s\n# and at the end of this line: verify.cache=%s", cacheName(d), cacheName(d)),
		Related: []finding.Related{{Message: "the other one", At: other.Section.At()}},
	}, d)
}

func together(name string, other *subject.Door) string {
	if name == "" {
		return "in the default cache, as " + other.Path + " does"
	}
	return fmt.Sprintf("in the cache %q, as %s does", name, other.Path)
}

func sameKeys(d *subject.Door, v verify) bool {
	for _, other := range verifies(d) {
		if other.key() == v.key() {
			return true
		}
	}
	return false
}

func cacheName(d *subject.Door) string {
	if d.IdP != "" {
		return d.IdP
	}
	return "IDP"
}
