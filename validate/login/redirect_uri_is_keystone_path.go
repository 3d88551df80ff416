package login

import (
	"fmt"
	"regexp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectURIIsKeystonePath(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-is-keystone-path",
		Severity: finding.Error,
		Title:    "the redirect URI is a path that Keystone answers",
		Why: "Every request to the redirect URI is the module's: it takes it as an answer of the issuer and never hands it on. Where that path is the websso path, no login can begin " +
			"(a page \"Submitting...\", then \"You've hit an OpenID Connect Redirect URI with no parameters\"); where it is the auth path, a valid bearer token gets an empty page with status 200, " +
			"of which the client says `Expecting value: line 1 column 1`. Several older guides show such lines.",
		Mend:   "Use a path that Keystone does not serve, such as `/v3/OS-FEDERATION/redirect_uri`, give it a Location of its own, and register it at the issuer.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_check_userid_openidc; keystone/api/os_federation.py, keystone/api/auth.py",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if !keystonePath.MatchString(v.path()) {
					continue
				}
				about := []any{v.Vhost}
				if d := v.callback(); d != nil {
					about = append(about, d, d.Section)
				}
				p.On(v.Redirect, finding.Finding{
					Message: fmt.Sprintf("the redirect URI %s is a path of Keystone's: the module answers there, and Keystone is never asked", v.path()),
					Hint:    "OIDCRedirectURI " + v.ownURI() + "\n" + callbackSection(ownPath(v.path())),
				}, about...)
			}
		},
	}
}

// keystonePath are the paths that a login goes through, and those with which every
// client begins.
var keystonePath = regexp.MustCompile(`^(.*)/v3/(auth/OS-FEDERATION/(websso/[^/]+|identity_providers/[^/]+/protocols/[^/]+/websso)|OS-FEDERATION/identity_providers/[^/]+/protocols/[^/]+/auth|auth/tokens)$|^(/identity)?(/v3)?/?$`)
