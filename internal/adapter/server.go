package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	wire "github.com/fedstone/fedstone/internal/register/adapter"
)

// Bounds of a request.
const (
	largestBody   = 64 << 10
	largestHeader = 16 << 10
	wait          = 15 * time.Second
)

// Store keeps clients. Errors are ErrNotFound, a *Problem for what the caller has done
// wrong, or a failure.
type Store interface {
	Get(ctx context.Context, id string) (wire.Body, error)
	// Put makes or replaces a client, and gives it as it is then. made: there was none.
	Put(ctx context.Context, client wire.Body) (now wire.Body, made bool, err error)
	Delete(ctx context.Context, id string) error
}

// ErrNotFound: the store has no client of that id.
var ErrNotFound = errors.New("no such client")

// Problem is a no of the server's, in the words of RFC 7591 section 3.2.2.
type Problem struct {
	Status int
	Code   string
	Text   string
}

// Error gives the words.
func (p *Problem) Error() string { return p.Code + ": " + p.Text }

// Server answers for a store. Public is the address that clients know it by, https and
// without a final slash. Log takes one line a request; nil: none.
type Server struct {
	Public   string
	Accounts Accounts
	Store    Store
	Log      io.Writer
	tokens   tokens
}

// Handler gives the whole API.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", s.discovery)
	mux.HandleFunc("POST /token", s.token)
	mux.HandleFunc("GET /clients/{id}", s.allowed(s.get))
	mux.HandleFunc("PUT /clients/{id}", s.allowed(s.put))
	mux.HandleFunc("DELETE /clients/{id}", s.allowed(s.remove))
	return logged{s.Log, plainErrors(mux)}
}

// discovery says where an access token is had.
func (s *Server) discovery(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{
		"issuer": s.Public, "token_endpoint": s.Public + "/token",
		"grant_types_supported": []string{"client_credentials"}, "token_endpoint_auth_methods_supported": []string{"client_secret_basic"},
	})
}

func (s *Server) get(w http.ResponseWriter, r *http.Request) error {
	client, err := s.Store.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return answerClient(w, http.StatusOK, client)
}

func (s *Server) put(w http.ResponseWriter, r *http.Request) error {
	client, err := sent(w, r)
	if err != nil {
		return err
	}
	now, made, err := s.Store.Put(r.Context(), client)
	if err != nil {
		return err
	}
	if made {
		return answerClient(w, http.StatusCreated, now)
	}
	return answerClient(w, http.StatusOK, now)
}

func (s *Server) remove(w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.Delete(r.Context(), r.PathValue("id")); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	w.WriteHeader(http.StatusNoContent) // gone, now or before
	return nil
}

// sent reads the client of a request.
func sent(w http.ResponseWriter, r *http.Request) (wire.Body, error) {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if strings.TrimSpace(kind) != "application/json" {
		return wire.Body{}, &Problem{http.StatusUnsupportedMediaType, "invalid_request", "the body is not application/json"}
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return wire.Body{}, &Problem{http.StatusRequestEntityTooLarge, "invalid_request", "the body is too long"}
	case err != nil:
		return wire.Body{}, &Problem{http.StatusBadRequest, "invalid_request", "the body does not end as it should"}
	}
	client, err := wire.ParseBody(raw)
	if err != nil {
		return wire.Body{}, &Problem{http.StatusBadRequest, "invalid_client_metadata", err.Error()}
	}
	return client, judge(&client, r.PathValue("id"))
}

func answerClient(w http.ResponseWriter, status int, client wire.Body) error {
	text, err := client.JSON()
	if err != nil {
		return err
	}
	write(w, status, text)
	return nil
}

func answer(w http.ResponseWriter, status int, content any) {
	text, err := json.Marshal(content)
	if err != nil { // maps of texts alone are given
		status, text = http.StatusInternalServerError, nil
	}
	write(w, status, text)
}

// write answers. What may hold a secret is kept by nobody (RFC 6749 section 5.1).
func write(w http.ResponseWriter, status int, text []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(text) // who has gone reads nothing
}
