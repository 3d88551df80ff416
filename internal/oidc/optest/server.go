package optest

import (
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// Server is a running provider. Change its fields before the first request, or
// use Handle.
type Server struct {
	URL    string // the issuer
	CAFile string
	Keys   *Keys
	// Document is what discovery answers; tests change members.
	Document map[string]any
	// Claims are put into every token of the token endpoint, over the defaults.
	Claims map[string]any
	// Secrets are the clients and their secrets; Passwords the users and theirs.
	Secrets   map[string]string
	Passwords map[string]string
	// ClientKeys are the public keys of clients that authenticate by
	// private_key_jwt; a client is in one of both maps.
	ClientKeys map[string]any
	// Redirects are the redirect URIs of web applications; those of native ones on
	// loopback (RFC 8252 section 7.3) are always good.
	Redirects []string
	// Person logs in at /authorize and agrees at /device.
	Person string
	// Pending are error codes that a device login is answered with before its
	// tokens: "authorization_pending", "slow_down".
	Pending []string
	// Callback changes the parameters that /authorize sends back by the browser.
	Callback func(url.Values)
	// KeepRefresh gives a refresh token once and no other for it; else each use
	// gives a new one, and the old one is worth nothing.
	KeepRefresh bool

	mu      sync.Mutex
	handle  map[string]http.HandlerFunc
	revoked []string
	asked   map[string]int
	logins  map[string]login // by code, device code or refresh token
	seen    map[string]bool  // the jti of assertions
}

// New starts a provider that ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{
		Keys:      NewKeys(t),
		Claims:    map[string]any{},
		Secrets:   map[string]string{"cli": "cli-secret-canary", "wiki": "wiki-secret-canary"},
		Passwords: map[string]string{"alice": "alice-password-canary"},
		Person:    "alice",
		handle:    map[string]http.HandlerFunc{},
		asked:     map[string]int{},
		logins:    map[string]login{},
		seen:      map[string]bool{},
	}
	web := StartTLS(t, http.HandlerFunc(s.serve))
	s.URL = web.URL
	s.CAFile = CAFile(t, web)
	s.Document = s.document()
	return s
}

// StartTLS starts a silent test server that ends with the test.
func StartTLS(t testing.TB, h http.Handler) *httptest.Server {
	t.Helper()
	web := httptest.NewUnstartedServer(h)
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
	})
	return web
}

// CAFile writes the certificate of a test server as PEM.
func CAFile(t testing.TB, web *httptest.Server) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Handle answers a path ("/jwks") in the provider's stead.
func (s *Server) Handle(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handle[path] = h
}

// Asked gives how often a path was requested.
func (s *Server) Asked(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// Revoked gives the tokens that were revoked, in order.
func (s *Server) Revoked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.revoked...)
}

func (s *Server) document() map[string]any {
	return map[string]any{
		"issuer":                           s.URL,
		"authorization_endpoint":           s.URL + "/authorize",
		"token_endpoint":                   s.URL + "/token",
		"jwks_uri":                         s.URL + "/jwks",
		"revocation_endpoint":              s.URL + "/revoke",
		"device_authorization_endpoint":    s.URL + "/device",
		"grant_types_supported":            []string{"authorization_code", "client_credentials", "password", "refresh_token", grantDevice},
		"code_challenge_methods_supported": []string{"S256"},
		"token_endpoint_auth_signing_alg_values_supported": []string{"RS256", "ES256", "EdDSA"},
		"authorization_response_iss_parameter_supported":   true,
		"response_types_supported":                         []string{"code"},
		"subject_types_supported":                          []string{"public"},
		"scopes_supported":                                 []string{"openid", "profile"},
		"id_token_signing_alg_values_supported":            []string{"RS256", "ES256"},
	}
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked[r.URL.Path]++
	own := s.handle[r.URL.Path]
	s.mu.Unlock()
	routes := map[string]http.HandlerFunc{
		"/.well-known/openid-configuration": func(w http.ResponseWriter, _ *http.Request) { JSON(w, 200, s.Document) },
		"/jwks":                             func(w http.ResponseWriter, _ *http.Request) { JSON(w, 200, s.Keys.Public()) },
		"/token":                            s.token,
		"/device":                           s.device,
		"/authorize":                        s.authorize,
		"/revoke":                           s.revoke,
	}
	if own == nil {
		own = routes[r.URL.Path]
	}
	if own == nil {
		own = http.NotFound
	}
	own(w, r)
}

// AccessClaims gives the claims of a right access token.
func (s *Server) AccessClaims(client, subject string) map[string]any {
	now := time.Now()
	claims := map[string]any{
		"iss": s.URL, "aud": []string{"keystone"}, "azp": client, "sub": subject, "jti": subject,
		"preferred_username": subject, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	}
	maps.Copy(claims, s.Claims)
	return claims
}

// Sign signs claims with the provider's RSA key (RS256).
func (s *Server) Sign(claims map[string]any) string {
	return s.Keys.RS256(claims, nil)
}

// JSON writes an answer.
func JSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
