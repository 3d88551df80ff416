package probe

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/probe/symptom"
)

// authorization judges the authorization request that the relying party has made
// (OpenID Connect Core, section 3.1.2.1). The remarks are no faults.
func (v *visit) authorization(e end) (faults []*fault, remarks []string) {
	q := e.next.Query()
	bad := func(is bool, fact symptom.Fact, name, want string) {
		if is {
			faults = append(faults, e.wrong(fact, "seen", textOr(q.Get(name), "nothing"), "want", want))
		}
	}
	bad(q.Get("client_id") != v.idp.Client.ID.Value, symptom.WebssoClient, "client_id", v.idp.Client.ID.Value)
	bad(!slices.Contains(strings.Fields(q.Get("scope")), "openid"), symptom.WebssoScope, "scope", "openid")
	bad(q.Get("response_type") != "code", symptom.WebssoResponse, "response_type", "code")
	faults = append(faults, v.redirectURI(e, q.Get("redirect_uri"))...)
	faults = append(faults, stateFaults(e, q)...)
	if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" {
		remarks = append(remarks, "the request has no PKCE challenge by S256: set OIDCPKCEMethod S256, so that a stolen code is of no use (RFC 9700, section 2.1.1)")
	}
	return faults, append(remarks, sameSite(e, q.Get("state"))...)
}

func textOr(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// redirectURI judges where the issuer will send the browser back to.
func (v *visit) redirectURI(e end, text string) []*fault {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return []*fault{e.wrong(symptom.WebssoRedirectMissing, "seen", "an address that cannot be read")}
	}
	fact := symptom.Fact("")
	switch {
	case u.Scheme != "https":
		fact = symptom.WebssoRedirectPlain
	case u.Host != hostPart(v.url):
		fact = symptom.WebssoRedirectHost
	case slices.Contains(v.doors(), strings.TrimRight(u.Path, "/")):
		fact = symptom.WebssoRedirectIsPath
	default:
		return nil
	}
	return []*fault{e.wrong(fact, "seen", oidc.Place(u), "want", v.url)}
}

// doors are the paths at which Keystone logs this provider's users in.
func (v *visit) doors() []string {
	base := "/v3/OS-FEDERATION/identity_providers/" + v.found.ID + "/protocols/" + v.found.Protocol
	return []string{base + "/auth", "/v3/auth" + strings.TrimPrefix(base, "/v3") + "/websso", "/v3/auth/OS-FEDERATION/websso/" + v.found.Protocol}
}

func hostPart(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// stateFaults: what ties the issuer's answer to this very browser.
func stateFaults(e end, q url.Values) []*fault {
	var faults []*fault
	for _, name := range []string{"state", "nonce"} {
		if q.Get(name) == "" {
			faults = append(faults, e.wrong(symptom.WebssoNoState, "seen", name))
		}
	}
	c := stateCookie(e, q.Get("state"))
	switch {
	case c == nil:
		return append(faults, e.wrong(symptom.WebssoNoCookie, "seen", "no cookie"))
	case !c.Secure:
		faults = append(faults, e.wrong(symptom.WebssoCookieOpen, "seen", "Secure"))
	case !c.HttpOnly:
		faults = append(faults, e.wrong(symptom.WebssoCookieScripts, "seen", "HttpOnly"))
	}
	return faults
}

// stateCookie finds the cookie of this login: mod_auth_openidc names it after the
// state (proto/state.c, oidc_get_state_cookie_name); of another relying party it is
// the first one that is not deleted.
func stateCookie(e end, state string) *http.Cookie {
	var first *http.Cookie
	for _, c := range e.set {
		switch {
		case c.Value == "":
		case state != "" && strings.HasSuffix(c.Name, state):
			return c
		case first == nil:
			first = c
		}
	}
	return first
}

func sameSite(e end, state string) []string {
	c := stateCookie(e, state)
	if c == nil || c.SameSite != 0 && c.SameSite != http.SameSiteDefaultMode {
		return nil
	}
	return []string{"the state cookie has no SameSite: browsers take it for Lax, which a response by form_post does not survive"}
}
