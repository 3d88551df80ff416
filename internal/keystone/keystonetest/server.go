package keystonetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Password is the administrator's, whose name, project and domains are admin,
// admin and Default.
const Password = "in-memory-administrator"

// Server is a Keystone with the domain Default and the roles admin, member and
// reader. It may be used by several goroutines.
type Server struct {
	URL string // without /v3

	mu        sync.Mutex
	intercept func(http.Handler) http.Handler
	requests  []string
	count     int // for ids
	limit     int // of lists
	named     map[string][]resource
	roles     []resource
	assigned  map[string]bool // "project/group/role"
	idps      map[string]object
	protocols map[string]map[string]object // by identity provider
	mappings  map[string]object
	tokens    map[string]bool // valid ones
}

// object is a resource as JSON.
type object map[string]any

// resource is a domain, project, group or role.
type resource struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	DomainID    string `json:"domain_id,omitempty"`
	Enabled     bool   `json:"enabled"`
}

// New starts a server that ends with the test.
func New(t testing.TB) *Server {
	s := &Server{
		named: map[string][]resource{"domains": {{ID: "default", Name: "Default", Enabled: true}}}, assigned: map[string]bool{},
		idps: map[string]object{}, protocols: map[string]map[string]object{}, mappings: map[string]object{}, tokens: map[string]bool{},
	}
	for _, name := range []string{"admin", "member", "reader"} {
		s.roles = append(s.roles, resource{ID: "role-" + name, Name: name})
	}
	mux := s.mux()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serve(mux, w, r) }))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Env is the environment of an administrator.
func (s *Server) Env() map[string]string {
	return map[string]string{
		"OS_AUTH_URL": s.URL, "OS_USERNAME": "admin", "OS_PASSWORD": Password, "OS_PROJECT_NAME": "admin",
		"OS_USER_DOMAIN_NAME": "Default", "OS_PROJECT_DOMAIN_NAME": "Default",
	}
}

// Intercept puts a handler in front of all others; nil takes it away.
func (s *Server) Intercept(with func(http.Handler) http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.intercept = with
}

// LimitLists cuts lists of domains, projects and groups, as Keystone does with
// list_limit; 0 cuts none.
func (s *Server) LimitLists(limit int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit = limit
}

// Writes gives the requests that were to change something, "PUT /v3/…", in their
// order, without those about tokens.
func (s *Server) Writes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// ValidTokens counts the tokens that were issued and not revoked.
func (s *Server) ValidTokens() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.tokens)
}

func (s *Server) serve(mux http.Handler, w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	if r.Method != http.MethodGet && r.URL.Path != "/v3/auth/tokens" {
		s.requests = append(s.requests, r.Method+" "+r.URL.Path)
	}
	handler := mux
	if s.intercept != nil {
		handler = s.intercept(mux)
	}
	s.mu.Unlock()
	handler.ServeHTTP(w, r)
}

func (s *Server) id(kind string) string {
	s.count++
	return fmt.Sprintf("%s-%d", kind, s.count)
}

// action answers one request; what it gives is written as JSON.
type action func(r *http.Request, body object) (status int, answer any)

// handle locks the server, checks the token and reads the body.
func (s *Server) handle(do action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		body := object{}
		if r.ContentLength > 0 {
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				Refuse(w, http.StatusBadRequest, err.Error())
				return
			}
		}
		if !s.tokens[r.Header.Get("X-Auth-Token")] {
			Refuse(w, http.StatusUnauthorized, "The request you have made requires authentication.")
			return
		}
		status, result := do(r, body)
		answer(w, status, result)
	}
}

func answer(w http.ResponseWriter, status int, result any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if status != http.StatusNoContent {
		_ = json.NewEncoder(w).Encode(result) // a client that went away needs no answer
	}
}

// refuse is an error as Keystone words it.
func refuse(status int, message string) (int, any) {
	return status, object{"error": object{"code": status, "message": message, "title": http.StatusText(status)}}
}

// Refuse answers as Keystone does when something is wrong; for Intercept.
func Refuse(w http.ResponseWriter, status int, message string) {
	_, body := refuse(status, message)
	answer(w, status, body)
}
