package login_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

func redirectProofs() map[string]proof {
	return map[string]proof{
		"redirect-uri-twice":            firstIsNotUsed,
		"redirect-uri-is-keystone-path": loginEnds(200, websso, "Redirect URI with no parameters"),
		"redirect-uri-unprotected":      applicationGetsCode,
		"redirect-uri-under-oauth20":    loginEnds(401, callback, "Unauthorized"),
		"redirect-uri-with-fragment":    loginEnds(200, callback, "Error in handling response type"),
		"redirect-uri-not-https":        stateLost,
		"redirect-uri-other-host":       loginEnds(500, websso, "Internal Server Error"),
		"redirect-uri-in-another-vhost": endsAtAnotherPort,
		"redirect-uri-from-request":     callerChoosesHost,
		"redirect-uri-pattern":          answers(browser("/v3/users/redirect_uri"), 302, 200),
		"https-unknown-to-httpd":        loginEnds(500, websso, "Internal Server Error"),
		"websso-accepts-tokens-only":    loginEnds(401, websso, "Unauthorized"),
	}
}

// firstIsNotUsed: the issuer is not told the redirect URI of the first line.
func firstIsNotUsed(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: false, silent: true} {
		_, to, _ := begins(t, fixture)
		first := written(t, fixture, `OIDCRedirectURI (\S+)`)
		if told := to.Query().Get("redirect_uri"); told == "" || (told == first) != want {
			t.Errorf("%s: the issuer is told %s, the first line says %s", fixture, told, first)
		}
	}
}

// applicationGetsCode: the issuer's answer goes on to the application.
func applicationGetsCode(t *testing.T, fires, silent string) {
	got, trace := prove.Start(t, fires).Login(t, websso, op1, "bob")
	if got.Env["PATH_INFO"] != callback || !strings.Contains(got.Env["QUERY_STRING"], "code=") || got.Env["OIDC-iss"] != "" {
		t.Errorf("%d with %v, want a code and no claims at %s\n%s", got.Status, got.Names("OIDC-"), callback, trace)
	}
	comesThrough(t, silent)
}

// endsAtAnotherPort: the last that the browser sees is another virtual host.
func endsAtAnotherPort(t *testing.T, fires, silent string) {
	got, trace := prove.Start(t, fires).Login(t, websso, op1, "bob")
	last, err := url.Parse(trace[len(trace)-1].URL)
	if err != nil || last.Port() != "8443" || last.Path != callback || got.Status < 400 {
		t.Errorf("%d at %s, want an error of port 8443\n%s", got.Status, last, trace)
	}
	comesThrough(t, silent)
}

// callerChoosesHost: a header of the request is the host of the redirect URI.
func callerChoosesHost(t *testing.T, fires, silent string) {
	ask := browser(websso)
	ask.Header["X-Forwarded-Host"] = "elsewhere.example.net"
	for fixture, want := range map[string]bool{fires: true, silent: false} {
		got := prove.Start(t, fixture).Ask(t, ask)
		if chosen := strings.Contains(got.Header.Get("Location"), "elsewhere.example.net"); chosen != want {
			t.Errorf("%s: the header's host is sent to the issuer: %v, want %v (%d)", fixture, chosen, want, got.Status)
		}
	}
	comesThrough(t, silent)
}
