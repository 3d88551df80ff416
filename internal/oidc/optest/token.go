package optest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/http"
)

const grantDevice = "urn:ietf:params:oauth:grant-type:device_code"

// login is a person's that has begun, or that a refresh token goes on with.
type login struct {
	client, subject, nonce, challenge, redirect string
}

func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	id, ok := s.client(r)
	if !ok {
		s.refuse(w, 401, "invalid_client", "client authentication failed")
		return
	}
	switch r.PostFormValue("grant_type") {
	case "client_credentials":
		s.answer(w, login{client: id, subject: "service-" + id}, "")
	case "password":
		s.password(w, r, id)
	case "refresh_token":
		s.refresh(w, r, id)
	case "authorization_code":
		s.code(w, r, id)
	case grantDevice:
		s.deviceToken(w, r, id)
	default:
		s.refuse(w, 400, "unsupported_grant_type", "")
	}
}

func (s *Server) password(w http.ResponseWriter, r *http.Request, id string) {
	subject := r.PostFormValue("username")
	if want, ok := s.Passwords[subject]; !ok || want != r.PostFormValue("password") {
		s.refuse(w, 400, "invalid_grant", "wrong user or password")
		return
	}
	own := login{client: id, subject: subject}
	s.answer(w, own, s.keep("refresh-canary-", own))
}

func (s *Server) refresh(w http.ResponseWriter, r *http.Request, id string) {
	old := r.PostFormValue("refresh_token")
	own, ok := s.use(old, !s.KeepRefresh)
	if !ok || own.client != id {
		s.refuse(w, 400, "invalid_grant", "unknown refresh token")
		return
	}
	next := ""
	if !s.KeepRefresh {
		next = s.keep("refresh-canary-", own)
	}
	s.answer(w, own, next)
}

// code checks what RFC 6749 section 4.1.3 and RFC 7636 section 4.6 ask for.
func (s *Server) code(w http.ResponseWriter, r *http.Request, id string) {
	own, ok := s.use(r.PostFormValue("code"), true)
	if !ok || own.client != id || own.redirect != r.PostFormValue("redirect_uri") || own.challenge != challengeOf(r) {
		s.refuse(w, 400, "invalid_grant", "wrong code, redirect_uri or code_verifier")
		return
	}
	s.answer(w, own, s.keep("refresh-canary-", own))
}

func challengeOf(r *http.Request) string {
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// keep stores a login behind a fresh secret; use finds it again.
func (s *Server) keep(prefix string, own login) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := prefix + rand.Text()
	s.logins[name] = own
	return name
}

func (s *Server) use(name string, once bool) (login, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own, ok := s.logins[name]
	if once {
		delete(s.logins, name)
	}
	return own, ok
}

func (s *Server) answer(w http.ResponseWriter, own login, refresh string) {
	id := s.AccessClaims(own.client, own.subject)
	maps.Copy(id, map[string]any{"aud": own.client, "nonce": own.nonce})
	body := map[string]any{"access_token": s.Sign(s.AccessClaims(own.client, own.subject)), "id_token": s.Sign(id),
		"token_type": "Bearer", "expires_in": 300, "scope": "openid"}
	if refresh != "" {
		body["refresh_token"] = refresh
	}
	JSON(w, 200, body)
}

func (s *Server) refuse(w http.ResponseWriter, status int, code, description string) {
	JSON(w, status, map[string]any{"error": code, "error_description": description})
}

func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.client(r); !ok {
		s.refuse(w, 401, "invalid_client", "")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = append(s.revoked, r.PostFormValue("token"))
}
