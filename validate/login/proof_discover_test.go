package login_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

func discoverProofs() map[string]proof {
	return map[string]proof{
		"discover-url-missing":              showsList(websso),
		"global-websso-shows-list":          showsList(global),
		"discover-url-issuer-malformed":     neverAtIssuer,
		"discover-url-issuer-unknown":       neverAtIssuer,
		"discover-url-not-the-redirect-uri": neverAtIssuer,
		"discover-url-other-issuer":         refusedAfterLogin,
		"discover-url-without-directory":    goesToTheOnlyProvider,
		"discover-url-shared":               secondGetsFirstsIssuer,
	}
}

// showsList: the module's page of issuers answers, and with the mend a redirect.
func showsList(path string) proof {
	return func(t *testing.T, fires, silent string) {
		got := prove.Start(t, fires).Ask(t, browser(path))
		if got.Status != 200 || !strings.Contains(got.Body, "OpenID Connect Provider Discovery") {
			t.Errorf("%d, want 200 and the page of issuers\n%s", got.Status, got.Body)
		}
		if got := prove.Start(t, silent).Ask(t, browser(path)); got.Status != 302 {
			t.Errorf("mended: %d, want 302", got.Status)
		}
	}
}

// neverAtIssuer: the browser never gets to the issuer.
func neverAtIssuer(t *testing.T, fires, silent string) {
	got, trace := prove.Start(t, fires).Login(t, websso, op1, "bob")
	if strings.Contains(trace.String(), "https://op") || got.Env["OIDC-iss"] != "" || len(trace) < 2 {
		t.Errorf("%d, want an end before any issuer\n%s", got.Status, trace)
	}
	comesThrough(t, silent)
}

// refusedAfterLogin: who has logged in at the issuer of OIDCDiscoverURL never reaches
// the application.
func refusedAfterLogin(t *testing.T, fires, silent string) {
	got, trace := prove.Start(t, fires).Login(t, websso, "https://op2.example.org", "bob")
	if got.Env != nil || !strings.Contains(trace.String(), "POST https://op2.example.org") || !strings.Contains(got.Body, callback+"?iss=https%3A%2F%2Fop2.example.org") {
		t.Errorf("%d, want another login at op2 after the first\n%s%s", got.Status, trace, got.Body)
	}
	comesThrough(t, silent)
}

// goesToTheOnlyProvider: the browser is not sent to the issuer that the line names.
func goesToTheOnlyProvider(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]string{fires: "https://op2.example.org", silent: ""} {
		_, to, _ := begins(t, fixture)
		issuer, err := url.QueryUnescape(written(t, fixture, `OIDCDiscoverURL \S+\?iss=(\S+)`))
		if err != nil || issuer != want || "https://"+to.Host != op1 {
			t.Errorf("%s: the line names %q, want %q; the browser is sent to %s", fixture, issuer, want, to.Host)
		}
	}
}

// secondGetsFirstsIssuer: a login at the second identity provider's path brings the
// claims of the first one's issuer.
func secondGetsFirstsIssuer(t *testing.T, fires, silent string) {
	const second = "/v3/auth/OS-FEDERATION/identity_providers/op2/protocols/openid/websso"
	for fixture, want := range map[string]string{fires: op1, silent: "https://op2.example.org"} {
		got, trace := prove.Start(t, fixture).Login(t, second, want, "bob")
		if got.Env["PATH_INFO"] != second || got.Env["OIDC-iss"] != want {
			t.Errorf("%s: %d with the issuer %q, want %s\n%s", fixture, got.Status, got.Env["OIDC-iss"], want, trace)
		}
	}
}
