package bearer_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestProof shows on httpd, mod_auth_openidc and mod_oauth2 what the rules say:
// with the configuration that fires the symptom, and without it the mend.
func TestProof(t *testing.T) {
	t.Parallel()
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"require-provider-not-loaded":       proveProvider,
		"require-claim-of-the-other-module": proveTaken,
		"bearer-without-verification":       proveTaken,
		"oauth2-module-takes-the-token":     proveTaken,
		"verification-set-twice":            proveSecondIssuer,
		"verification-address-malformed":    proveTaken,
		"verification-over-http":            proveTLS,
		"oauth-tls-off":                     proveOtherCA,
		"oauth2-tls-off":                    proveNoCA,
		"tls-switch-of-the-other-role":      proveTaken,
		"keys-of-several-issuers":           proveSharedKeys,
		"one-key-set-for-several-issuers":   proveSecondIssuer,
		"keys-of-another-issuer":            proveTaken,
		"key-without-id":                    proveKeyID,
		"shared-key-short":                  proveShortKey,
		"introspection-at-userinfo":         func(t *testing.T, f, s string) { wantTaken(t, f, s, opaque(t)) },
		"introspection-client-missing":      proveClient,
		"token-expiry-optional":             proveExpiry,
		"token-in-error-log":                proveLog,
		"verdicts-shared-between-vhosts":    proveVerdicts,
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
		"oauth2-cache-shared":      proveCache,
		"oauth2-cache-not-defined": proveLog,
		"oauth2-claims-prefix":     proveNames,
		"token-header-not-taken":   proveTaken,
		"token-taken-from-query":   proveQuery,
		"header-limit-of-another-vhost": func(t *testing.T, f, s string) {
			wantStatuses(t, f, s, 400, 201, token(t, op1, prove.Claims{"groups": strings.Repeat("g", 8000)}))
		},
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

// proveTaken: a right token gets 401.
func proveTaken(t *testing.T, fires, silent string) { wantTaken(t, fires, silent, token(t, op1)) }

// proveIssuer: a token that says another issuer than the one whose key it is
// signed with comes through.
func proveIssuer(t *testing.T, fires, silent string) {
	wantRefused(t, fires, silent, token(t, op1, prove.Claims{"iss": "https://other.example.org"}), token(t, op1))
}

// corp has a request with a token of Keycloak's realm.
func corp(t *testing.T, parts ...prove.TokenPart) func(*prove.Site) int {
	return func(s *prove.Site) int { return exchange(t, s, "corp", s.Token(t, realm, parts...)) }
}

// proveProvider: httpd refuses the word.
func proveProvider(t *testing.T, fires, silent string) {
	if got := prove.Refuses(t, fires); got.TOk || !strings.Contains(got.Said, "Unknown Authz provider: claim") {
		t.Errorf("httpd -t took it: %v; it said %s", got.TOk, got.Said)
	}
	if got := token(t, op1)(prove.Start(t, silent)); got != 201 {
		t.Errorf("the mend answers %d, want 201", got)
	}
}

// proveSecondIssuer: op2's tokens get 401 at its path; in the mend it has a
// virtual host of its own.
func proveSecondIssuer(t *testing.T, fires, silent string) {
	ask := func(fixture string, port int) int {
		s := prove.Start(t, fixture)
		return s.Ask(t, prove.Ask{Path: auth("op2"), Port: port, Bearer: s.Token(t, op2)}).Status
	}
	if before, after := ask(fires, 5000), ask(silent, 5001); before != 401 || after != 201 {
		t.Errorf("fires %d, silent %d, want 401 and 201", before, after)
	}
}

// proveTLS: the keys are asked for without TLS.
func proveTLS(t *testing.T, fires, silent string) {
	ask := func(fixture string) int64 {
		var plain atomic.Int64
		s := prove.Start(t, fixture, prove.WithIssuers(prove.Issuers{Instead: func(_ http.ResponseWriter, r *http.Request) bool {
			if r.TLS == nil {
				plain.Add(1)
			}
			return false
		}}))
		if got := token(t, op1)(s); got != 201 {
			t.Errorf("%s: %d, want 201", fixture, got)
		}
		return plain.Load()
	}
	if before, after := ask(fires), ask(silent); before == 0 || after != 0 {
		t.Errorf("%d and %d requests without TLS, want some and none", before, after)
	}
}

// proveOtherCA: where the issuer's certificate is not of the CA that is named,
// its keys are taken nevertheless.
func proveOtherCA(t *testing.T, fires, silent string) {
	wantStatuses(t, fires, silent, 201, 401, token(t, op1), prove.Replace("ca-bundle.crt", "keystone.crt"))
	wantStatuses(t, fires, silent, 201, 201, token(t, op1))
}

// proveNoCA: the same with a trust store that does not have the issuer's CA.
func proveNoCA(t *testing.T, fires, silent string) {
	_, other := signer(t)
	store := "etc/ssl/certs/ca-certificates.crt"
	wantStatuses(t, with(t, fires, store, other), with(t, silent, store, other), 201, 401, token(t, op1))
	wantStatuses(t, fires, silent, 201, 201, token(t, op1))
}

// proveSharedKeys: a token in op2's name is signed with the key of op1.
func proveSharedKeys(t *testing.T, fires, silent string) {
	forged := func(s *prove.Site, port int) int {
		bearer := s.Token(t, op2, prove.Header{"kid": "one"}, prove.Secret("the-key-of-issuer-one-for-tests-only"))
		return s.Ask(t, prove.Ask{Path: auth("op2"), Port: port, Bearer: bearer}).Status
	}
	if before, after := forged(prove.Start(t, fires), 5000), forged(prove.Start(t, silent), 5001); before != 201 || after != 401 {
		t.Errorf("fires %d, silent %d, want 201 and 401", before, after)
	}
}

// proveKeyID: the token's key has a name, the file has none.
func proveKeyID(t *testing.T, fires, silent string) {
	key, certificate := signer(t)
	file := "etc/httpd/keys/op1.pem"
	wantTaken(t, with(t, fires, file, certificate), with(t, silent, file, certificate),
		func(s *prove.Site) int { return exchange(t, s, "op1", signed(t, key, "key-2026")) })
}

// proveShortKey: a key that can be guessed signs.
func proveShortKey(t *testing.T, fires, silent string) {
	kid := prove.Header{"kid": "op1"}
	wantRefused(t, fires, silent, token(t, op1, kid, prove.Secret("short-for-tests")),
		token(t, op1, kid, prove.Secret("a-key-for-tests-of-more-than-32-bytes")))
}

// proveClient: the issuer answers to clients alone.
func proveClient(t *testing.T, fires, silent string) {
	wantTaken(t, fires, silent, opaque(t), prove.WithIssuers(prove.Issuers{Instead: func(w http.ResponseWriter, r *http.Request) bool {
		_, _, shown := r.BasicAuth()
		if refuse := r.URL.Path == "/introspect" && !shown; refuse {
			w.WriteHeader(http.StatusUnauthorized)
			return true
		}
		return false
	}}))
}

// proveExpiry: an answer that says nothing about the token.
func proveExpiry(t *testing.T, fires, silent string) {
	wantStatuses(t, fires, silent, 201, 401, opaque(t), prove.WithIssuers(prove.Issuers{Introspection: func(_ string, answer prove.Claims) {
		delete(answer, "active")
		delete(answer, "exp")
	}}))
}

// proveLog: the whole token is in the error log.
func proveLog(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: true, silent: false} {
		s := prove.Start(t, fixture)
		if got := logs(t, s, s.Token(t, op1)); got != want {
			t.Errorf("%s: the log has the token: %v, want %v", fixture, got, want)
		}
	}
}

// proveVerdicts: op1 says of its token that it is one of op2's users. Refused at
// op1's path, it is taken at op2's, which has not asked op2.
func proveVerdicts(t *testing.T, fires, silent string) {
	lies := prove.WithIssuers(prove.Issuers{Introspection: func(issuer string, answer prove.Claims) {
		if issuer == op1 && answer["active"] == true {
			answer["iss"] = op2
		}
	}})
	wantStatuses(t, fires, silent, 201, 401, func(s *prove.Site) int {
		bearer := s.Opaque(t, op1)
		if got := exchange(t, s, "op1", bearer); got != 401 {
			t.Errorf("at the path of op1 %d, want 401", got)
		}
		return s.Ask(t, prove.Ask{Path: auth("op2"), Port: 5001, Bearer: bearer}).Status
	}, lies)
}

// proveCache: the same with mod_oauth2 and a token that op1 has signed.
func proveCache(t *testing.T, fires, silent string) {
	wantStatuses(t, fires, silent, 201, 401, func(s *prove.Site) int {
		bearer := s.Token(t, op1, prove.Claims{"iss": op2})
		if cold := exchange(t, s, "op2", bearer); cold != 401 {
			t.Errorf("before it was seen at the path of op1: %d, want 401", cold)
		}
		if own := exchange(t, s, "op1", bearer); own != 401 {
			t.Errorf("at the path of op1 %d, want 401", own)
		}
		return exchange(t, s, "op2", bearer)
	})
}

// proveNames: the claims have other names.
func proveNames(t *testing.T, fires, silent string) {
	for fixture, want := range map[string][2]string{fires: {"", op1}, silent: {op1, ""}} {
		s := prove.Start(t, fixture)
		env := s.Ask(t, prove.Ask{Path: auth("op1"), Bearer: s.Token(t, op1)}).Env
		if got := [2]string{env["OIDC-iss"], env["OAUTH2_CLAIM_iss"]}; got != want {
			t.Errorf("%s: OIDC-iss and OAUTH2_CLAIM_iss are %q, want %q", fixture, got, want)
		}
	}
}

// proveQuery: a token in the URL is a login.
func proveQuery(t *testing.T, fires, silent string) {
	wantStatuses(t, fires, silent, 201, 401, func(s *prove.Site) int {
		return s.Ask(t, prove.Ask{Path: auth("op1") + "?access_token=" + s.Token(t, op1)}).Status
	})
}

// proveUsers: the dashboard's REMOTE_USER and the command line's.
func proveUsers(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: false, silent: true} {
		s := prove.Start(t, fixture)
		browser, trace := s.Login(t, "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso?origin=https%3A%2F%2Fdashboard.example.org%2F", op1, "alice")
		bearer := s.Ask(t, prove.Ask{Path: auth("op1"), Bearer: s.Token(t, op1)})
		a, b := browser.Env["REMOTE_USER"], bearer.Env["REMOTE_USER"]
		if a == "" || b == "" || (a == b) != want {
			t.Errorf("%s: REMOTE_USER is %q at the dashboard and %q with a token, the same: want %v\n%s", fixture, a, b, want, trace)
		}
	}
}
