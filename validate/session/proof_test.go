package session_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	op1, op2 = "https://op1.example.org", "https://op2.example.org"
	websso   = "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso"
	callback = "/v3/OS-FEDERATION/redirect_uri"
)

// TestProof shows on the real programs what the rules promise: with the configuration in which a rule speaks, and
// not with its mend.
func TestProof(t *testing.T) {
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"tls-validation-off":             tlsValidationOff,
		"issuer-validation-off":          issuerValidationOff,
		"passphrase-published":           passphrasePublished,
		"passphrase-random":              passphraseRandom,
		"passphrase-is-client-secret":    passphraseIsClientSecret,
		"secret-program-taken-literally": secretProgram,
		"sessions-shared-between-vhosts": sessionsShared,
		"forwarded-headers-beside-tls":   forwardedHeadersBesideTLS,
		"forwarded-header-set-late":      forwardedHeaderSetLate,
		"memcache-servers-comma":         memcacheServersComma,
		"cache-servers-unused":           cacheServersUnused,
		"cache-not-encrypted":            cacheNotEncrypted,
		"cache-in-tmp":                   cacheInTmp,
		"cache-entry-small":              cacheEntrySmall,
		"cache-few-entries":              cacheFewEntries,
		"session-in-cookie":              sessionInCookie,
		"cookie-chunk-large":             cookieChunkLarge,
		"debug-log":                      debugLog,
		"tokens-in-access-log":           tokensInAccessLog,
		"info-hook-gives-tokens":         infoHookGivesTokens,
		"refresh-token-passed":           refreshTokenPassed,
		"id-token-passed":                idTokenPassed,
		"preserve-post":                  preservePost,
		"auth-request-by-post":           authRequestByPost,
		"session-long":                   sessionLong,
		"session-outlives-browser":       sessionOutlivesBrowser,
		"outgoing-proxy-without-port":    outgoingProxyWithoutPort,
		"issuer-timeout-endless":         issuerTimeoutEndless,
		"trace-on":                       traceOn,
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", slug)
			proof(t, filepath.Join(dir, "fires"), filepath.Join(dir, "silent"))
		})
	}
}

// login logs alice in at the first issuer.
func login(t *testing.T, s *prove.Site) prove.Answer {
	t.Helper()
	answer, _ := s.Login(t, websso, op1, "alice")
	return answer
}

// loggedIn logs alice in and gives the cookies of her session.
func loggedIn(t *testing.T, s *prove.Site) string {
	t.Helper()
	answer, trace := s.Login(t, websso, op1, "alice")
	if answer.Status != http.StatusOK || answer.Env["HTTP_COOKIE"] == "" {
		t.Fatalf("no login: %d\n%s\n%s", answer.Status, trace, answer.Body)
	}
	return answer.Env["HTTP_COOKIE"]
}

// visit asks for the websso path with cookies.
func visit(t *testing.T, s *prove.Site, cookies string) prove.Answer {
	t.Helper()
	return s.Ask(t, prove.Ask{Path: websso, Header: map[string]string{"Cookie": cookies}})
}

// wantStatus compares the statuses of both configurations.
func wantStatus(t *testing.T, what string, fires, silent prove.Answer, wantFires, wantSilent int) {
	t.Helper()
	if fires.Status != wantFires || silent.Status != wantSilent {
		t.Errorf("%s: %d where it fires, %d where it is silent, want %d and %d\n%s", what, fires.Status, silent.Status, wantFires, wantSilent, fires.Body+silent.Body)
	}
}

// tlsValidationOff: an issuer whose certificate no CA of the bundle has signed.
func tlsValidationOff(t *testing.T, fires, silent string) {
	unknown := prove.Replace("OIDCCABundlePath /etc/pki/tls/certs/ca-bundle.crt", "OIDCCABundlePath /etc/pki/tls/certs/keystone.crt")
	a, b := login(t, prove.Start(t, fires, unknown)), login(t, prove.Start(t, silent, unknown))
	wantStatus(t, "login at an issuer of an unknown CA", a, b, 200, 500)
}

// issuerValidationOff: an issuer that puts another one's name into its ID token.
func issuerValidationOff(t *testing.T, fires, silent string) {
	lies := prove.WithIssuers(prove.Issuers{IDToken: func(issuer string, c prove.Claims) {
		if issuer == op2 {
			c["iss"] = op1
		}
	}})
	const path = "/v3/auth/OS-FEDERATION/identity_providers/op2/protocols/openid/websso"
	open := prove.Replace(`Require claim "iss~^https\\x3A//op2\\.example\\.org$"`, "Require valid-user")
	a, _ := prove.Start(t, fires, lies, open).Login(t, path, op2, "alice")
	b, _ := prove.Start(t, silent, lies, open).Login(t, path, op2, "alice")
	if a.Env["OIDC-iss"] != op1 || b.Env != nil {
		t.Errorf("an ID token of op2 in the name of op1: %d %q and %d %q, want a session of op1 and none", a.Status, a.Env["OIDC-iss"], b.Status, b.Env["OIDC-iss"])
	}
}

// passphrasePublished: a session that somebody made with the published value on a machine of his own.
func passphrasePublished(t *testing.T, fires, silent string) {
	published := prove.Replace("a4f0c8e2b6d15937a4f0c8e2b6d15937", "openstack")
	elsewhere := loggedIn(t, prove.Start(t, silent, published))
	a, b := visit(t, prove.Start(t, fires), elsewhere), visit(t, prove.Start(t, silent), elsewhere)
	wantStatus(t, "a session that was made elsewhere", a, b, 200, 302)
}

// passphraseRandom: a session after a restart.
func passphraseRandom(t *testing.T, fires, silent string) {
	a := visit(t, prove.Start(t, fires), loggedIn(t, prove.Start(t, fires)))
	b := visit(t, prove.Start(t, silent), loggedIn(t, prove.Start(t, silent)))
	wantStatus(t, "a session after a restart", a, b, 302, 200)
}

// passphraseIsClientSecret: a session that the issuer made with the secret that it gave to the client.
func passphraseIsClientSecret(t *testing.T, fires, silent string) {
	inCookies := prove.Replace("OIDCScope", "OIDCSessionType client-cookie\n    LimitRequestFieldSize 32768\n    OIDCScope")
	bySecret := prove.Replace(`"one of its own for this virtual host"`, `"what the issuer gave to this client"`)
	elsewhere := loggedIn(t, prove.Start(t, silent, inCookies, bySecret))
	a, b := visit(t, prove.Start(t, fires, inCookies), elsewhere), visit(t, prove.Start(t, silent, inCookies), elsewhere)
	wantStatus(t, "a session that was made elsewhere", a, b, 200, 302)
}

// secretProgram: what the issuer gets as the client's secret.
func secretProgram(t *testing.T, fires, silent string) {
	a, b := secretSent(t, fires), secretSent(t, silent)
	if !strings.HasPrefix(a, "exec%3A") || strings.HasPrefix(b, "exec%3A") {
		t.Errorf("secrets that begin with %.8q and %.8q, want exec: and another", a, b)
	}
}

// secretSent gives the secret that a login sends to the token endpoint.
func secretSent(t *testing.T, fixture string) string {
	t.Helper()
	sent := make(chan string, 1)
	s := prove.Start(t, fixture, prove.WithIssuers(prove.Issuers{Instead: func(_ http.ResponseWriter, r *http.Request) bool {
		if _, secret, ok := r.BasicAuth(); ok {
			sent <- secret
		}
		return false
	}}))
	login(t, s)
	select {
	case secret := <-sent:
		return secret
	default:
		t.Fatal("the token endpoint was not asked")
		return ""
	}
}

// sessionsShared: a session of the first virtual host at the second.
func sessionsShared(t *testing.T, fires, silent string) {
	at := func(fixture string) prove.Answer {
		s := prove.Start(t, fixture)
		path := strings.Replace(websso, "op1", "op2", 1)
		return s.Ask(t, prove.Ask{Path: path, Port: 5001, Header: map[string]string{"Cookie": loggedIn(t, s)}})
	}
	a, b := at(fires), at(silent)
	wantStatus(t, "a session of the other virtual host", a, b, 200, 302)
	if a.Env["OIDC-iss"] != op1 {
		t.Errorf("the second virtual host took it for one of %q, want %q", a.Env["OIDC-iss"], op1)
	}
}

func forwardedHeadersBesideTLS(t *testing.T, fires, silent string) {
	ask := prove.Ask{Path: websso, Header: map[string]string{"X-Forwarded-Proto": "http"}}
	wantStatus(t, "a client that says http", prove.Start(t, fires).Ask(t, ask), prove.Start(t, silent).Ask(t, ask), 500, 302)
}

func forwardedHeaderSetLate(t *testing.T, fires, silent string) {
	ask := prove.Ask{Path: websso}
	wantStatus(t, "the way to the issuer", prove.Start(t, fires).Ask(t, ask), prove.Start(t, silent).Ask(t, ask), 500, 302)
}

func debugLog(t *testing.T, fires, silent string) {
	told := func(fixture string) bool {
		s := prove.Start(t, fixture)
		token := login(t, s).Env["OIDC_access_token"]
		return token != "" && strings.Contains(s.Log(), token)
	}
	if a, b := told(fires), told(silent); !a || b {
		t.Errorf("the access token is in the error log: %t and %t, want true and false", a, b)
	}
}

func infoHookGivesTokens(t *testing.T, fires, silent string) {
	given := func(fixture string) string {
		s := prove.Start(t, fixture)
		return s.Ask(t, prove.Ask{Path: callback + "?info=json", Header: map[string]string{"Cookie": loggedIn(t, s)}}).Body
	}
	a, b := given(fires), given(silent)
	if !strings.Contains(a, `"access_token"`) || strings.Contains(b, "token") || !strings.Contains(b, `"exp"`) {
		t.Errorf("the hook gives\n%s\nand\n%s\nwant the access token and none", a, b)
	}
}

func idTokenPassed(t *testing.T, fires, silent string) {
	a, b := login(t, prove.Start(t, fires)), login(t, prove.Start(t, silent))
	if a.Env["OIDC_id_token"] == "" || b.Env["OIDC_id_token"] != "" || b.Status != http.StatusOK {
		t.Errorf("the application gets the ID token: %v and %v, want it and not", a.Names("OIDC_id"), b.Names("OIDC_id"))
	}
}

func preservePost(t *testing.T, fires, silent string) {
	ask := prove.Ask{Method: http.MethodPost, Path: websso, Body: "a=b"}
	a, b := prove.Start(t, fires).Ask(t, ask), prove.Start(t, silent).Ask(t, ask)
	wantStatus(t, "a form without a session", a, b, 200, 302)
	if a.Env != nil || !strings.Contains(a.Body, "preserveOnLoad") {
		t.Errorf("want a page with a script that keeps the form, got\n%s", a.Body)
	}
}

func authRequestByPost(t *testing.T, fires, silent string) {
	ask := prove.Ask{Path: websso}
	wantStatus(t, "no session", prove.Start(t, fires).Ask(t, ask), prove.Start(t, silent).Ask(t, ask), 200, 302)
}

func outgoingProxyWithoutPort(t *testing.T, fires, silent string) {
	asked := func(fixture string) bool {
		s := prove.Start(t, fixture)
		login(t, s)
		return strings.Contains(s.Log(), "127.0.0.1 port 1080")
	}
	if a, b := asked(fires), asked(silent); !a || b {
		t.Errorf("the proxy is asked at port 1080: %t and %t, want true and false", a, b)
	}
}

func traceOn(t *testing.T, fires, silent string) {
	ask := prove.Ask{Method: http.MethodTrace, Path: "/", Header: map[string]string{"X-Secret-Of-A-Proxy": "seen"}}
	wantStatus(t, "TRACE", prove.Start(t, fires).Ask(t, ask), prove.Start(t, silent).Ask(t, ask), 200, 405)
}

// tokensInAccessLog: httpd writes the line behind its answer.
func tokensInAccessLog(t *testing.T, fires, silent string) {
	told := func(fixture string) bool {
		s := prove.Start(t, fixture)
		cookies := loggedIn(t, s)
		eventually(t, "two requests in the access log", func() bool { return strings.Count(s.Log(), `/websso"`) >= 2 })
		return strings.Contains(s.Log(), cookies)
	}
	if a, b := told(fires), told(silent); !a || b {
		t.Errorf("the session's cookie is in the access log: %t and %t, want true and false", a, b)
	}
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 1000 {
		if is() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("it did not come to %s", what)
}
