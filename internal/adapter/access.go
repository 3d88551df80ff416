package adapter

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
)

// Tokens of the token endpoint.
const (
	tokenLife  = 5 * time.Minute
	mostTokens = 1000
)

// tokens are those that are good. The zero value is empty. It may be used by several
// goroutines at once.
type tokens struct {
	mu   sync.Mutex
	ends map[[sha256.Size]byte]time.Time // by digest: a dump of the memory holds no token
}

// give makes a token; false: too many are good already.
func (t *tokens) give(now time.Time) (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for digest, end := range t.ends {
		if end.Before(now) {
			delete(t.ends, digest)
		}
	}
	if t.ends == nil {
		t.ends = map[[sha256.Size]byte]time.Time{}
	}
	if len(t.ends) >= mostTokens {
		return "", false
	}
	token := rand.Text()
	t.ends[sha256.Sum256([]byte(token))] = now.Add(tokenLife)
	return token, true
}

func (t *tokens) good(token string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	end, ok := t.ends[sha256.Sum256([]byte(token))]
	return ok && now.Before(end)
}

// token serves client credentials (RFC 6749 section 4.4).
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, largestBody)
	id, given, ok := r.BasicAuth()
	id, err1 := url.QueryUnescape(id) // section 2.3.1
	given, err2 := url.QueryUnescape(given)
	switch {
	case !ok || err1 != nil || err2 != nil || !s.Accounts.right(id, given):
		w.Header().Set("WWW-Authenticate", `Basic realm="adapter"`)
		refuse(w, &Problem{http.StatusUnauthorized, "invalid_client", "no account has this id and secret"})
		return
	case r.PostFormValue("grant_type") != "client_credentials":
		refuse(w, &Problem{http.StatusBadRequest, "unsupported_grant_type", "expected grant_type=client_credentials"})
		return
	}
	token, ok := s.tokens.give(time.Now())
	if !ok {
		refuse(w, &Problem{http.StatusServiceUnavailable, "temporarily_unavailable", "too many tokens are in use"})
		return
	}
	answer(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": int(tokenLife.Seconds())})
}

// action is a handler that may fail.
type action func(http.ResponseWriter, *http.Request) error

// allowed lets in who has a token of ours, or an account's id and secret.
func (s *Server) allowed(then action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.knows(r) {
			w.Header().Add("WWW-Authenticate", `Bearer realm="adapter"`)
			w.Header().Add("WWW-Authenticate", `Basic realm="adapter"`)
			refuse(w, &Problem{http.StatusUnauthorized, "invalid_token", "expected an access token of /token, or an account's id and secret"})
			return
		}
		if err := then(w, r); err != nil {
			s.fail(w, err)
		}
	}
}

func (s *Server) knows(r *http.Request) bool {
	if id, given, ok := r.BasicAuth(); ok {
		return s.Accounts.right(id, given)
	}
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(kind, "Bearer") && s.tokens.good(token, time.Now())
}

// fail answers an error: a Problem in its words, all else by its status alone, since a
// store's error may name files and hosts.
func (s *Server) fail(w http.ResponseWriter, err error) {
	var p *Problem
	switch {
	case errors.Is(err, ErrNotFound):
		refuse(w, &Problem{http.StatusNotFound, "not_found", "no such client"})
	case errors.As(err, &p):
		refuse(w, p)
	default:
		note(s.Log, "failed: "+finding.Printable(err.Error()))
		refuse(w, &Problem{http.StatusBadGateway, "server_error", "the clients could not be reached; the adapter's log says why"})
	}
}

func refuse(w http.ResponseWriter, p *Problem) {
	answer(w, p.Status, map[string]any{"error": p.Code, "error_description": p.Text})
}
