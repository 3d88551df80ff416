package bearer_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

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

// proveGet: the token is in the URL.
func proveGet(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: true, silent: false} {
		var seen atomic.Bool
		s := prove.Start(t, fixture, prove.WithIssuers(prove.Issuers{Instead: func(_ http.ResponseWriter, r *http.Request) bool {
			seen.Store(r.URL.Path == "/introspect" && r.URL.Query().Get("token") != "")
			return false
		}}))
		exchange(t, s, "op1", s.Opaque(t, op1))
		if got := seen.Load(); got != want {
			t.Errorf("%s: the token is in the URL: %v, want %v", fixture, got, want)
		}
	}
}
