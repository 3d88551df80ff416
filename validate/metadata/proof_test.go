package metadata_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	websso = "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso"
	op1    = "https://op1.example.org"
)

// TestProof runs both configurations of a rule on the real programs.
func TestProof(t *testing.T) {
	proofs := map[string]func(t *testing.T, fires, silent string){
		"metadata-dir-empty":             noLogin("no file found at"),
		"metadata-name-wrong":            noLoginAt("https://op1.example.org/realms/corp", "no file found at: \"/etc/httpd/oidc/op1.example.org%2Frealms%2Fcorp.provider\""),
		"metadata-not-json":              noLogin("JSON parsing returned an error"),
		"metadata-client-missing":        noLogin("no (valid) client metadata exists for provider"),
		"metadata-provider-missing":      noLogin("could not be opened (Permission denied)"),
		"metadata-member-missing":        noLogin(""),
		"metadata-issuer-differs":        noLogin("does not match the \"issuer\" value in the provider metadata file"),
		"metadata-endpoint-malformed":    noLogin("not a valid http"),
		"metadata-offers-unusable":       noLogin("could not find a supported response mode in provider metadata"),
		"metadata-client-id-missing":     noLogin("did not contain a \"client_id\" string"),
		"metadata-client-secret-missing": noLogin("invalid_client"),
		"metadata-secret-expired":        noLogin("secret expired"),
		"client-secret-is-program":       noLogin("invalid_client"),
		"token-auth-not-offered":         noLogin("invalid_client"),
		"metadata-key-file-missing":      noLogin("oidc_util_http_call"),
		"metadata-secret-placeholder":    noLogin("invalid_client"),
		"metadata-endpoint-not-https":    secretInTheClear,
		"id-token-alg-not-offered":       noLogin("oidc_proto_parse_idtoken"),
		"conf-tls-off":                   anyCertificate,
		"conf-issuer-validation-off":     inAnothersName,
		"conf-scope-not-offered":         asked("scope", "openid group", "openid groups"),
		"conf-key-unknown":               asked("scope", "openid", "openid groups"),
		"conf-value-type":                asked("scope", "openid", "openid groups"),
		"conf-value-unknown":             asked("code_challenge_method", "", "S256"),
	}
	for slug, proof := range proofs {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			proof(t, "testdata/"+slug+"/fires", "testdata/"+slug+"/silent")
		})
	}
}

// noLogin: a browser's login at op1 fails, and the module logs why; mended, it comes
// to the application.
func noLogin(words string) func(t *testing.T, fires, silent string) { return noLoginAt(op1, words) }

func noLoginAt(issuer, words string) func(t *testing.T, fires, silent string) {
	return func(t *testing.T, fires, silent string) {
		broken := prove.Start(t, fires, strict())
		if got, way := broken.Login(t, websso, issuer, "alice"); got.Env != nil || !strings.Contains(broken.Log(), words) {
			t.Errorf("%d, want no login and %q in the log\n%s\n%s", got.Status, words, way, broken.Log())
		}
		if got, way := prove.Start(t, silent, strict()).Login(t, websso, issuer, "alice"); got.Env["OIDC-iss"] != issuer {
			t.Errorf("mended: %d, want the claims of %s\n%s\n%s", got.Status, issuer, way, got.Body)
		}
	}
}

// strict has the issuers take the client's own secret by client_secret_basic alone.
func strict() prove.Option {
	return prove.WithIssuers(prove.Issuers{Instead: func(w http.ResponseWriter, r *http.Request) bool {
		_, sent, _ := r.BasicAuth()
		secret, err := url.QueryUnescape(sent)
		if !strings.HasSuffix(r.URL.Path, "/token") || err == nil && secret == "a secret of this example" {
			return false
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		_, err = w.Write([]byte(`{"error":"invalid_client"}`))
		return err == nil
	}})
}

// begin starts a login at op1 and gives the request that the browser is sent to the
// issuer with.
func begin(t *testing.T, fixture string) url.Values {
	t.Helper()
	target := url.QueryEscape("https://keystone.example.org:5000" + websso)
	got := prove.Start(t, fixture).Ask(t, prove.Ask{
		Path:   "/v3/OS-FEDERATION/redirect_uri?iss=" + url.QueryEscape(op1) + "&target_link_uri=" + target,
		Header: map[string]string{"Accept": "text/html"},
	})
	to, err := url.Parse(got.Header.Get("Location"))
	if err != nil || to.Host != "op1.example.org" {
		t.Fatalf("%d to %q, want a redirect to the issuer\n%s", got.Status, to, got.Body)
	}
	return to.Query()
}

// asked: the issuer is asked with one value of a parameter, and mended with another.
func asked(name, want, mended string) func(t *testing.T, fires, silent string) {
	return func(t *testing.T, fires, silent string) {
		if got := begin(t, fires); got.Get(name) != want {
			t.Errorf("%s is %q, want %q (%s)", name, got.Get(name), want, got.Encode())
		}
		if got := begin(t, silent); got.Get(name) != mended {
			t.Errorf("mended: %s is %q, want %q", name, got.Get(name), mended)
		}
	}
}

// anyCertificate: httpd knows no CA that the issuer's certificate is of, and the login
// succeeds all the same.
func anyCertificate(t *testing.T, fires, silent string) {
	unknown := prove.Replace("OIDCMetadataDir /etc/httpd/oidc", "OIDCMetadataDir /etc/httpd/oidc\nOIDCCABundlePath /etc/pki/tls/certs/keystone.crt")
	if got, way := prove.Start(t, fires, unknown).Login(t, websso, op1, "alice"); got.Env["OIDC-iss"] != op1 {
		t.Errorf("%d, want a login at an issuer of an unknown CA\n%s", got.Status, way)
	}
	if got, way := prove.Start(t, silent, unknown).Login(t, websso, op1, "alice"); got.Env != nil {
		t.Errorf("mended: %d, want no login\n%s", got.Status, way)
	}
}

// secretInTheClear: the client's secret is sent without TLS.
func secretInTheClear(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: true, silent: false} {
		var plain atomic.Bool
		watch := prove.WithIssuers(prove.Issuers{Instead: func(_ http.ResponseWriter, r *http.Request) bool {
			if _, secret, ok := r.BasicAuth(); ok && secret != "" && r.TLS == nil {
				plain.Store(true)
			}
			return false
		}})
		if got, way := prove.Start(t, fixture, watch).Login(t, websso, op1, "alice"); got.Env == nil || plain.Load() != want {
			t.Errorf("%s: %d, secret without TLS: %v, want %v\n%s", fixture, got.Status, plain.Load(), want, way)
		}
	}
}

// inAnothersName: an issuer puts another one's name into its ID token.
func inAnothersName(t *testing.T, fires, silent string) {
	const other = "https://op2.example.org"
	lies := prove.WithIssuers(prove.Issuers{IDToken: func(_ string, c prove.Claims) { c["iss"] = other }})
	open := prove.Replace(`Require claim "iss~^https\\x3A//op1\\.example\\.org$"`, "Require valid-user")
	if got, way := prove.Start(t, fires, lies, open).Login(t, websso, op1, "alice"); got.Env["OIDC-iss"] != other {
		t.Errorf("%d, want a session in the name of %s\n%s", got.Status, other, way)
	}
	if got, way := prove.Start(t, silent, lies, open).Login(t, websso, op1, "alice"); got.Env != nil {
		t.Errorf("mended: %d, want no session\n%s", got.Status, way)
	}
}
