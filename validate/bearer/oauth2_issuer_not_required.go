package bearer

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauth2IssuerNotRequired() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-issuer-not-required",
		Severity: finding.Warning,
		Title:    "nobody looks at who issued a bearer token that mod_oauth2 verified",
		Why: "With `jwks_uri` or a key of its own, mod_oauth2 checks a token's signature, not its `iss`: whoever holds one of the keys may " +
			"write any issuer into a token. Where several issuers share keys, tokens of each of them pass httpd, and only Keystone's remote " +
			"ids are left to tell them apart.",
		Mend:   "`Require oauth2_claim iss:` with the issuer exactly as it writes itself in its tokens, inside of `<RequireAll>`.",
		Source: "liboauth2 src/jose.c, oauth2_jose_jwt_payload_validate",
		After:  append(openings(), "oauth2-option-ignored"),
		Check: func(p *rule.Pass) {
			for _, d := range oauth2Doors(p) {
				if decided(d) && !mentions(d, "iss") && checksKeysOnly(d) {
					reportIssuer(p, d, "mod_oauth2")
				}
			}
		},
	}
}

// checksKeysOnly reports whether a door verifies by keys that say nothing about
// their issuer; `metadata` and `introspect` do, in newer versions.
func checksKeysOnly(d *subject.Door) bool {
	for _, v := range verifies(d) {
		if v.kind != "metadata" && v.kind != "introspect" && v.options.Get("verify.iss") != "required" {
			return true
		}
	}
	return false
}
