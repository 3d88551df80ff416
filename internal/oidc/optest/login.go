package optest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// device begins RFC 8628; the person agrees at once, after Pending.
func (s *Server) device(w http.ResponseWriter, r *http.Request) {
	id, ok := s.client(r)
	if !ok {
		s.refuse(w, 401, "invalid_client", "client authentication failed")
		return
	}
	code := s.keep("device-canary-", login{client: id, subject: s.Person, challenge: r.PostFormValue("code_challenge")})
	JSON(w, 200, map[string]any{
		"device_code": code, "user_code": "WDJB-MJHT", "expires_in": 600, "interval": 1,
		"verification_uri": s.URL + "/verify", "verification_uri_complete": s.URL + "/verify?user_code=WDJB-MJHT",
	})
}

func (s *Server) deviceToken(w http.ResponseWriter, r *http.Request, id string) {
	if code := s.pending(); code != "" {
		s.refuse(w, 400, code, "")
		return
	}
	own, ok := s.use(r.PostFormValue("device_code"), true)
	if !ok || own.client != id || own.challenge != challengeOf(r) {
		s.refuse(w, 400, "invalid_grant", "wrong device_code or code_verifier")
		return
	}
	s.answer(w, own, s.keep("refresh-canary-", own))
}

func (s *Server) pending() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.Pending) == 0 {
		return ""
	}
	code := s.Pending[0]
	s.Pending = s.Pending[1:]
	return code
}

// authorize is a login page at which Person has already logged in: it sends the
// browser straight back. It insists on a redirect URI of Redirects, or on a
// native app's, and on PKCE with S256.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	back, err := url.Parse(query.Get("redirect_uri"))
	loopback := err == nil && back.Scheme == "http" && (strings.HasPrefix(back.Host, "127.0.0.1:") || strings.HasPrefix(back.Host, "[::1]:"))
	if !loopback && !slices.Contains(s.Redirects, query.Get("redirect_uri")) || query.Get("response_type") != "code" || query.Get("code_challenge_method") != "S256" || query.Get("state") == "" {
		http.Error(w, "not a request of a client", http.StatusBadRequest)
		return
	}
	code := s.keep("code-canary-", login{client: query.Get("client_id"), subject: s.Person, nonce: query.Get("nonce"),
		challenge: query.Get("code_challenge"), redirect: query.Get("redirect_uri")})
	answer := url.Values{"code": {code}, "state": {query.Get("state")}, "iss": {s.URL}}
	if s.Callback != nil {
		s.Callback(answer)
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}
