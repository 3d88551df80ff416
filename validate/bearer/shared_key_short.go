package bearer

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

// shortest is the least number of bytes of a key for HS256 (RFC 7518 section 3.2).
const shortest = 32

func sharedKeyShort() rule.Rule {
	return rule.Rule{
		Slug:     "shared-key-short",
		Severity: finding.Error,
		Title:    "a shared key is so short that it can be guessed",
		Why: "Tokens with HS256 are signed with a key that both sides know. Whoever has seen one such token can try keys at home, without " +
			"asking anybody, and millions a second; a password is found, 32 random bytes are not. With the key he signs tokens in the name of " +
			"every user. mod_auth_openidc takes a key of any length.",
		Mend: "Tokens that are signed with the issuer's private key, verified by `OIDCOAuthVerifyJwksUri`; or at least 32 random bytes " +
			"(`openssl rand -base64 32`).",
		Source: "RFC 7518 section 3.2; mod_auth_openidc src/config.c, oidc_set_shared_keys",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				for _, c := range h.Commands(sharedKeys) {
					for _, w := range c.Argv() {
						if n := keyLength(w); n < shortest {
							p.On(c, finding.Finding{
								Message: fmt.Sprintf("a shared key has %d bytes, expected %d or more: whoever has seen a token can guess it and sign his own", n, shortest),
								Hint:    "# openssl rand -base64 32",
							}, h.Vhost)
							break
						}
					}
				}
			}
		},
	}
}

// keyLength gives the bytes of a key `[sig:|enc:][ENCODING#][KID#]KEY`, as the module
// reads it.
func keyLength(word string) int {
	word = strings.TrimPrefix(strings.TrimPrefix(word, "sig:"), "enc:")
	parts := strings.SplitN(word, "#", 3)
	key := parts[len(parts)-1]
	switch parts[0] {
	case "b64":
		return base64.RawStdEncoding.DecodedLen(len(strings.TrimRight(key, "=")))
	case "b64url":
		return base64.RawURLEncoding.DecodedLen(len(strings.TrimRight(key, "=")))
	case "hex":
		return hex.DecodedLen(len(key))
	}
	return len(key)
}
