package bearer

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/validate/subject"
)

// audienceClaims name whom a token is for or who holds it, at the providers that
// are known: RFC 9068 (aud, client_id), OpenID Connect (azp), Microsoft (appid),
// Okta (cid), Keycloak (clientId), and scopes made for one service.
func audienceClaims() []string {
	return []string{"aud", "azp", "client_id", "appid", "cid", "clientId", "client", "scope", "scp"}
}

// openings are the rules that say why a door's Require lines ask for less than is
// written there.
func openings() []string {
	return []string{
		"authtype-without-require", "issuer-check-void", "claim-check-void", "door-granted", "door-twice", "door-overruled", "auth-merging-opens",
		"require-for-some-methods", "empty-require-container", "require-only-negative", "websso-accepts-tokens-only",
	}
}

// decided reports whether something is required at a door, and whether it is known
// what: of the rest other rules speak.
func decided(d *subject.Door) bool {
	need := d.Require()
	return need.Authz != nil && len(need.Undecided) == 0 && !need.Denied()
}

// asks reports whether nobody passes without one of the claims being looked at. An
// expression that names one is taken as looking at it.
func asks(d *subject.Door, claims ...string) bool {
	return d.Require().Must(func(words []string) bool { return looksAt(words, claims) })
}

// mentions reports whether any Require line of a door looks at one of the claims.
func mentions(d *subject.Door, claims ...string) bool {
	for _, c := range d.Require().Lines() {
		words := c.Argv()
		if len(words) == 0 {
			continue
		}
		for i := 1; i < len(words); i++ {
			if looksAt([]string{words[0], words[i]}, claims) {
				return true
			}
		}
	}
	return false
}

func looksAt(words, claims []string) bool {
	if len(words) < 2 {
		return false
	}
	switch strings.ToLower(words[0]) {
	case "claim", "oauth2_claim":
		name := strings.TrimRight(words[1][:endOfName(words[1])], " ")
		return slices.Contains(claims, name)
	case "claims_expr", "expr":
		text := strings.Join(words[1:], " ")
		return slices.ContainsFunc(claims, func(c string) bool { return strings.Contains(text, c) })
	}
	return false
}

// endOfName finds the character that ends a claim's name in `name:value`, `name~re`.
func endOfName(spec string) int {
	if i := strings.IndexAny(spec, ":~"); i >= 0 {
		return i
	}
	return len(spec)
}

// provider is the word of Require that the module of a door understands.
func provider(d *subject.Door) string {
	if byOAuth2(d) {
		return "oauth2_claim"
	}
	return "claim"
}

// narrower says how a door takes fewer tokens: with one more claim; where only
// browsers have to come, with none at all.
func narrower(d *subject.Door, claim string) string {
	if d.Kind != subject.Auth && d.AuthType() == "auth-openidc" {
		return "AuthType openid-connect"
	}
	return requireAll(d, claim)
}

// requireAll writes what a door requires anew, with more claims: beside the old lines,
// of which one is enough, it would close nothing. What is nested deeper than a list is
// left to the reader.
func requireAll(d *subject.Door, more ...string) string {
	var out strings.Builder
	out.WriteString("# in place of the section's other Require lines\n<RequireAll>\n")
	for _, line := range flat(d.Require().Authz) {
		out.WriteString("    Require " + line + "\n")
	}
	for _, m := range more {
		out.WriteString("    Require " + provider(d) + " " + m + "\n")
	}
	return out.String() + "</RequireAll>"
}

// flat gives the lines of a list that must all hold, besides `valid-user`, which
// any claim implies.
func flat(a *effective.Authz) []string {
	if a.Op == effective.One && !strings.EqualFold(a.Command.RawArgs(), "valid-user") {
		return []string{a.Command.RawArgs()}
	}
	var out []string
	for _, part := range a.Parts {
		if part.Op == effective.One && a.Op == effective.All {
			out = append(out, flat(part)...)
		}
	}
	return out
}
