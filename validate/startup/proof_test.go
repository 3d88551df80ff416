package startup_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	websso = "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso"
)

// TestProof starts httpd with both configurations of a rule.
func TestProof(t *testing.T) {
	proofs := map[string]func(t *testing.T, fires, silent string){
		"unknown-directive":          refusedByTest("Invalid command 'OIDCPKCEMetod'"),
		"directive-too-new":          refusedByTest("Invalid command 'OIDCOAuthVerifyAudience'"),
		"directive-not-here":         refusedByTest("OIDCProviderMetadataURL not allowed in <Location> context"),
		"argument-count":             refusedByTest("OIDCScope takes one argument"),
		"tag-without-bracket":        refusedByTest("missing closing '>'"),
		"error-directive":            refusedByTest("start httpd with -D FEDERATION"),
		"endpoint-not-https":         refusedByTest(`cannot be parsed as a "https" URL`),
		"url-without-scheme":         refusedByTest("no scheme set"),
		"value-not-known":            refusedByTest("invalid value 'S265'"),
		"value-out-of-range":         refusedByTest("smaller than the minimum allowed value"),
		"forwarded-headers-quoted":   refusedByTest("invalid value 'X-Forwarded-Proto X-Forwarded-Host'"),
		"named-folder-missing":       refusedByTest("cannot access directory"),
		"named-file-missing":         refusedByTest("oidc_jwk_parse_rsa_private_key failed"),
		"provider-and-metadata-dir":  refusedAtStart("only one of 'OIDCProviderMetadataURL' or 'OIDCMetadataDir' should be set"),
		"no-redirect-uri":            refusedAtStart("mandatory parameter 'OIDCRedirectURI' is not set"),
		"client-id-missing":          refusedAtStart("mandatory parameter 'OIDCClientID' is not set"),
		"provider-endpoint-missing":  refusedAtStart("mandatory parameter 'OIDCProviderAuthorizationEndpoint' is not set"),
		"passphrase-missing":         refusedAtStart("mandatory parameter 'OIDCCryptoPassphrase' is not set"),
		"cookie-domain-foreign":      refusedAtStart("does not match the URL hostname"),
		"introspection-and-keys":     refusedAtStart("OIDCOAuthIntrospectionEndpoint"),
		"resource-server-incomplete": refusedAtStart("OIDCOAuthVerifyJwksUri"),
		"cache-server-missing":       refusedAtStart("no valid OIDCMemCacheServers setting was found"),
		"no-provider":                sentNowhere,
		"wsgi-process-group-unknown": withoutProcesses,
	}
	for slug, proof := range proofs {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			proof(t, "testdata/"+slug+"/fires", "testdata/"+slug+"/silent")
		})
	}
}

// refusedByTest: `httpd -t` says it, in these words; the other one starts.
func refusedByTest(words string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) { refused(t, fires, silent, false, words) }
}

// refusedAtStart: `httpd -t` finds nothing, and httpd does not start.
func refusedAtStart(words string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) { refused(t, fires, silent, true, words) }
}

func refused(t *testing.T, fires, silent string, passesTest bool, words string) {
	t.Helper()
	said := prove.Refuses(t, fires)
	if said.TOk != passesTest || !strings.Contains(said.Said, words) {
		t.Errorf("httpd -t: %v, want %v, and %q in\n%s", said.TOk, passesTest, words, said.Said)
	}
	if got := prove.Start(t, silent).Ask(t, prove.Ask{Path: "/v3"}); got.Status != 200 {
		t.Errorf("mended: %d, want 200", got.Status)
	}
}

// sentNowhere: a browser is sent to an address that is none; with a provider, to it.
func sentNowhere(t *testing.T, fires, silent string) {
	browser := prove.Ask{Path: websso, Header: map[string]string{"Accept": "text/html"}}
	if got := prove.Start(t, fires).Ask(t, browser); strings.HasPrefix(got.Header.Get("Location"), "https://op1.example.org/") {
		t.Errorf("%d %s, want no address of an issuer", got.Status, got.Header.Get("Location"))
	}
	if got := prove.Start(t, silent).Ask(t, browser); got.Status != 302 || !strings.HasPrefix(got.Header.Get("Location"), "https://op1.example.org/") {
		t.Errorf("mended: %d %s, want 302 to the issuer", got.Status, got.Header.Get("Location"))
	}
}

// withoutProcesses: the other virtual host has no processes to run its program in.
func withoutProcesses(t *testing.T, fires, silent string) {
	status := prove.Ask{Port: 8443, Host: "status.example.org"}
	if got := prove.Start(t, fires).Ask(t, status); got.Status != 500 {
		t.Errorf("%d, want 500", got.Status)
	}
	if got := prove.Start(t, silent).Ask(t, status); got.Status == 500 {
		t.Errorf("mended: 500\n%s", got.Body)
	}
}
