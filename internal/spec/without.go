package spec

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// Without is the protection of the public vhost that is switched off: each Text
// is the reason, and "" where the protection stands. docs/security.md says what
// each does.
type Without struct {
	DenyByDefault     Text // federation paths that are not opened are closed
	ClaimGuard        Text // headers that could be taken for claims are removed
	EnvironmentClaims Text // claims reach Keystone through the environment alone
	CookieFlags       Text // session cookies are HttpOnly and SameSite
	NoRegistration    Text // the module cannot register itself at an issuer
}

// ProviderWithout is the protection of one identity provider's logins that is
// switched off, with the reasons.
type ProviderWithout struct {
	PKCE            Text // the code of a login is of use to nobody else (RFC 7636)
	Issuer          Text // bearer tokens say that they come from this issuer
	Audience        Text // access tokens are made for Keystone
	Client          Text // tokens were issued to one of bearer.clients
	TLSVerification Text // the issuer shows a certificate that the CA bundle vouches for
}

func (w *Without) keys() []key {
	return []key{
		{"deny_by_default", "", reason("deny_by_default", &w.DenyByDefault)},
		{"claim_guard", "", reason("claim_guard", &w.ClaimGuard)},
		{"environment_claims", "", reason("environment_claims", &w.EnvironmentClaims)},
		{"cookie_flags", "", reason("cookie_flags", &w.CookieFlags)},
		{"no_registration", "", reason("no_registration", &w.NoRegistration)},
	}
}

func (w *ProviderWithout) keys() []key {
	return []key{
		{"pkce", "", reason("pkce", &w.PKCE)},
		{"issuer", "", reason("issuer", &w.Issuer)},
		{"audience", "", reason("audience", &w.Audience)},
		{"client", "", reason("client", &w.Client)},
		{"tls_verification", "", reason("tls_verification", &w.TLSVerification)},
	}
}

// shortestReason is the length of a reason that the next reader learns anything
// from.
const shortestReason = 15

// reason reads why a protection is switched off, and says that it is.
func reason(name string, dst *Text) reader {
	return func(l *loader, n *yaml.Node) {
		text("without."+name, dst)(l, n)
		switch {
		case !dst.Given():
		case len(dst.Value) < shortestReason || !strings.Contains(dst.Value, " "):
			l.fail("hardening-reason", dst.At, fmt.Sprintf("without.%s: %s is no reason, expected a sentence that the next reader learns from", name, show(dst.Value)),
				name+": the provider answers requests with a code_challenge with an error")
		default:
			l.warn("hardening-off", dst.At, fmt.Sprintf("%s is switched off: %s", name, dst.Value), "see docs/security.md for what it keeps out")
		}
	}
}
