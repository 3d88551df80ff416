package bearer_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestProof shows on httpd, mod_auth_openidc and mod_oauth2 what the rules say:
// with the configuration that fires the symptom, and without it the mend.
func TestProof(t *testing.T) {
	t.Parallel()
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"require-provider-not-loaded":          proveProvider,
		"require-claim-of-the-other-module":    proveTaken,
		"bearer-without-verification":          proveTaken,
		"oauth2-module-takes-the-token":        proveTaken,
		"verification-set-twice":               proveSecondIssuer,
		"verification-address-malformed":       proveTaken,
		"verification-over-http":               proveTLS,
		"oauth-tls-off":                        proveOtherCA,
		"oauth2-tls-off":                       proveNoCA,
		"tls-switch-of-the-other-role":         proveTaken,
		"keys-of-several-issuers":              proveSharedKeys,
		"one-key-set-for-several-issuers":      proveSecondIssuer,
		"keys-of-another-issuer":               proveTaken,
		"key-without-id":                       proveKeyID,
		"shared-key-short":                     proveShortKey,
		"introspection-at-userinfo":            func(t *testing.T, f, s string) { wantTaken(t, f, s, opaque(t)) },
		"introspection-client-missing":         proveClient,
		"introspection-by-get":                 proveGet,
		"verification-address-of-another-kind": proveTaken,
		"header-limit-lower-behind-proxy":      proveLargeToken,
		"token-expiry-optional":                proveExpiry,
		"token-in-error-log":                   proveLog,
		"verdicts-shared-between-vhosts":       proveVerdicts,
		"issuer-not-required": func(t *testing.T, f, s string) {
			wantRefused(t, f, s, corp(t, prove.Claims{"iss": "https://sso.example.org/realms/other"}), corp(t))
		},
		"audience-not-required": func(t *testing.T, f, s string) {
			wantRefused(t, f, s, token(t, op1, prove.Claims{"aud": "wiki", "azp": "wiki", "client_id": "wiki"}), token(t, op1))
		},
		"audience-of-every-client": func(t *testing.T, f, s string) {
			wantRefused(t, f, s, corp(t, prove.Claims{"aud": "account", "azp": "wiki"}), corp(t, prove.Claims{"aud": "account"}))
		},
		"oauth2-option-ignored":      proveIssuer,
		"oauth2-issuer-refuses-all":  proveTaken,
		"oauth2-issuer-not-required": proveIssuer,
		"oauth2-audience-not-required": func(t *testing.T, f, s string) {
			wantRefused(t, f, s, token(t, op1, prove.Claims{"aud": "wiki", "azp": "wiki", "client_id": "wiki"}), token(t, op1))
		},
		"oauth2-claim-pattern": proveTaken,
		"oauth2-keys-of-several-issuers": func(t *testing.T, f, s string) {
			wantRefused(t, f, s, token(t, op2, prove.Claims{"iss": op1}), token(t, op1))
		},
		"oauth2-cache-shared":           proveCache,
		"oauth2-cache-not-defined":      proveLog,
		"oauth2-claims-prefix":          proveNames,
		"token-header-not-taken":        proveTaken,
		"token-taken-from-query":        proveQuery,
		"header-limit-of-another-vhost": proveLargeToken,
		"header-limit-too-low": func(t *testing.T, f, s string) {
			wantStatuses(t, f, s, 400, 201, token(t, op1, prove.Claims{"groups": strings.Repeat("g", 1000)}))
		},
		"remote-user-differs": proveUsers,
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			proof(t, "testdata/"+slug+"/fires", "testdata/"+slug+"/silent")
		})
	}
}
