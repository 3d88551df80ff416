package templates

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// guardSlots say which protection of the public vhost stands. docs/security.md
// says what each does.
func (j *job) guardSlots(s *slots) {
	w := j.fed.HTTPD.Without
	s.fact("DenyByDefault", !w.DenyByDefault.Given())
	s.fact("ClaimGuard", !w.ClaimGuard.Given())
	s.fact("CookieFlags", !w.CookieFlags.Given())
	s.fact("SameSite", sameSite(j.platform.Module))
}

// sameSite gives the value of OIDCCookieSameSite that means Lax for the state and
// the first session cookie, or "" where none does: a login ends with a request
// that comes from the issuer's site (src/mod_auth_openidc.h,
// OIDC_COOKIE_SAMESITE_LAX; src/cfg: On is Strict from 2.4.15 to 2.4.15.5).
func sameSite(version string) string {
	switch {
	case platform.CompareVersions(version, "2.4.16.6") >= 0:
		return "Lax"
	case platform.CompareVersions(version, "2.4.15") >= 0 && platform.CompareVersions(version, "2.4.15.6") < 0:
		return ""
	}
	return "On"
}

// warnsOfTokens reports whether the module writes into its warning what stands in
// the place of an Authorization header's scheme, which may be a token: 2.4.17 and
// 2.4.20.3 do, 2.4.12.3 and those before write the path alone
// (src/handle/oauth.c; before, src/oauth.c).
func warnsOfTokens(version string) bool {
	return platform.CompareVersions(version, "2.4.12.3") > 0
}

// pinSlots say what tokens are held against, and give the shape that follows.
func pinSlots(s *slots, idp spec.IdentityProvider) string {
	w := idp.Without
	audience, client := !w.Audience.Given(), !w.Client.Given()
	access, id := idp.Bearer.Token.Value != "id", idp.Bearer.Token.Value == "id" || idp.Bearer.Token.Value == "both"
	some := (!access || audience || client) && (!id || client)
	s.fact("PinTLS", !w.TLSVerification.Given())
	s.fact("PinIssuer", !w.Issuer.Given())
	s.fact("PinAudience", audience)
	s.fact("PinClient", client)
	s.fact("PinSome", some)
	return fmt.Sprint(w.TLSVerification.Given(), w.Issuer.Given(), audience, client)
}
