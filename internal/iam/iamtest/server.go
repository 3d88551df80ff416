package iamtest

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Password is the administrator's, whose account (domain) is IAMDomain.
const Password = "iam-administrator-canary"

// The account and what there is in it. A member of the group ops may work in the
// account and in the project eu-de; of the group readers in eu-de alone.
const (
	DomainID, DomainName   = "063bb260a480cecc0f36c0086bb6cfe0", "IAMDomain"
	ProjectID, ProjectName = "46419baef4324c50a5a0e7f2b3c10d11", "eu-de"
)

// Server is one account's IAM. It may be used by several goroutines.
type Server struct {
	URL    string
	CAFile string

	mu       sync.Mutex
	upset    int // answers everything with this status; 0: it does not
	writes   []string
	idps     map[string]*provider
	mappings map[string]object
	tokens   map[string]token
}

// object is JSON.
type object = map[string]any

type provider struct {
	fields    object // description, enabled, sso_type
	protocols map[string]string
	config    object // nil: none
}

// New starts a server that ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{idps: map[string]*provider{}, mappings: map[string]object{}, tokens: map[string]token{}}
	web := httptest.NewUnstartedServer(s.handler())
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
	})
	s.URL, s.CAFile = web.URL, filepath.Join(t.TempDir(), "iam-ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw})
	if err := os.WriteFile(s.CAFile, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// Env is the environment of the account's administrator, who has the policy Security
// Administrator.
func (s *Server) Env() map[string]string {
	return map[string]string{
		"OS_AUTH_URL": s.URL + "/v3", "OS_USERNAME": "admin", "OS_PASSWORD": Password, "OS_USER_DOMAIN_NAME": DomainName,
		"OS_PROJECT_NAME": ProjectName, "OS_PROJECT_DOMAIN_NAME": DomainName,
	}
}

// Upset answers every request with a status from now on: 500 or 503; 0 ends it.
func (s *Server) Upset(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.upset = status
}

// Writes gives the requests that were to change something, "PUT /v3/…", in their
// order, without those about tokens.
func (s *Server) Writes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.writes...)
}

// ValidTokens counts the tokens that were issued and not deleted.
func (s *Server) ValidTokens() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.tokens)
}

func (s *Server) handler() http.Handler {
	routes := http.NewServeMux()
	s.tokenRoutes(routes)
	s.trustRoutes(routes)
	s.loginRoutes(routes)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
		switch {
		case err != nil:
			return
		case s.upset != 0:
			reply(w, s.refuse(r, s.upset))
		case len(body) > maxBody:
			reply(w, s.refuse(r, http.StatusRequestEntityTooLarge))
		default:
			s.route(w, r.WithContext(withBody(r.Context(), body)), routes)
		}
	})
}

// maxBody: the tables list 413 and no number. A signing_key has at most 30 000 characters.
const maxBody = 256 << 10
