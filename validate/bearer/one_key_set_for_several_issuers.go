package bearer

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oneKeySetForSeveralIssuers() rule.Rule {
	return rule.Rule{
		Slug:     "one-key-set-for-several-issuers",
		Severity: finding.Error,
		Title:    "one virtual host takes tokens of several issuers, and can verify those of one",
		Why: "mod_auth_openidc verifies the tokens of one authorization server in a virtual host: its `OIDCOAuth…` directives are refused " +
			"inside of `<Location>`, and of two in the virtual host the last one counts. Tokens of every other issuer get 401 (`could not " +
			"find key with kid`). That the browser's login knows several issuers (`OIDCMetadataDir`) does not help.",
		Mend: "A virtual host of its own for each issuer (behind one public one, as `fedstone render` writes it), or mod_oauth2 with an " +
			"`OAuth2TokenVerify` in each Location.",
		Source: "mod_auth_openidc src/config.c, OIDCOAuthVerifyJwksUri is RSRC_CONF",
		After:  []string{"verification-set-twice"},
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				at, names := single(h.Vhost), required(h.doors)
				if at == nil || len(names) < 2 || at.Is(introspection) && !belongs(subject.Arg(at, 0), names) {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s takes tokens of %s, but verifies all of them at one place: those of the others get 401", h.Name(), listed(names)),
					Hint:    "# one virtual host for each identity provider, with the keys of that one alone",
				}, h.about()...)
			}
		},
	}
}

// single gives the one command that says how tokens are verified; nil for none,
// and for more than one key.
func single(v *subject.Vhost) *httpdconf.Command {
	if severalKeys(v) != nil {
		return nil
	}
	return source(v)
}

// required gives the different issuers that doors require by name.
func required(doors []*subject.Door) []string {
	var out []string
	seen := map[string]bool{}
	for _, d := range doors {
		values, exact := d.Require().Claims("iss")
		if exact && len(values) == 1 && !seen[values[0]] {
			seen[values[0]] = true
			out = append(out, values[0])
		}
	}
	return out
}

// belongs reports whether an address is at the host of one of the issuers. An
// introspection endpoint elsewhere may be one that asks several issuers.
func belongs(address string, issuers []string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	for _, i := range issuers {
		if other, err := url.Parse(i); err == nil && strings.EqualFold(other.Hostname(), u.Hostname()) {
			return true
		}
	}
	return false
}
