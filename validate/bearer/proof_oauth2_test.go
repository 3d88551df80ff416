package bearer_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// proveIssuer: a token that says another issuer than the one whose key it is
// signed with comes through.
func proveIssuer(t *testing.T, fires, silent string) {
	wantRefused(t, fires, silent, token(t, op1, prove.Claims{"iss": "https://other.example.org"}), token(t, op1))
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

// proveNoCA: the same with a trust store that does not have the issuer's CA.
func proveNoCA(t *testing.T, fires, silent string) {
	_, other := signer(t)
	store := "etc/ssl/certs/ca-certificates.crt"
	wantStatuses(t, with(t, fires, store, other), with(t, silent, store, other), 201, 401, token(t, op1))
	wantStatuses(t, fires, silent, 201, 201, token(t, op1))
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
