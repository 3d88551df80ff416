package optest

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// client authenticates a request in the way that its client is registered with,
// and in one way alone (RFC 6749 section 2.3).
func (s *Server) client(r *http.Request) (string, bool) {
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	assertion := r.PostFormValue("client_assertion")
	if key, ok := s.ClientKeys[id]; ok {
		return id, secret == "" && s.holds(assertion, id, key, r)
	}
	want, known := s.Secrets[id]
	return id, known && want == secret && assertion == ""
}

// holds checks an assertion as RFC 7523 section 3 says.
func (s *Server) holds(assertion, id string, key any, r *http.Request) bool {
	signed, err := jose.ParseSignedCompact(assertion, []jose.SignatureAlgorithm{jose.RS256, jose.ES256, jose.EdDSA})
	if err != nil || r.PostFormValue("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
		return false
	}
	payload, err := signed.Verify(key)
	if err != nil || signed.Signatures[0].Protected.KeyID == "" {
		return false
	}
	claims := struct {
		Iss, Sub, Aud, Jti string
		Exp                int64
	}{}
	if json.Unmarshal(payload, &claims) != nil || claims.Iss != id || claims.Sub != id || claims.Aud != s.URL+"/token" {
		return false
	}
	left := time.Until(time.Unix(claims.Exp, 0))
	return left > 0 && left <= time.Minute && s.first(claims.Jti)
}

// first says whether a jti is seen for the first time.
func (s *Server) first(jti string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.seen[jti]
	s.seen[jti] = true
	return !known && jti != ""
}
