package iamtest

import (
	"net/http"
	"slices"
	"time"
)

// token is one that was issued.
type token struct {
	admin   bool     // has Security Administrator
	user    string   // "" of the administrator
	idp     string   // of a federated user
	groups  []string // names
	scope   object   // {"project": …} or {"domain": …}; nil: unscoped
	methods []string
	issued  time.Time
}

const lifetime = 24 * time.Hour

func (s *Server) tokenRoutes(m *http.ServeMux) {
	m.HandleFunc("GET /v3", on(s.version))
	m.HandleFunc("POST /v3/auth/tokens", on(s.logIn))
	m.HandleFunc("GET /v3/auth/tokens", on(s.validate))
	m.HandleFunc("DELETE /v3/auth/tokens", on(s.deleteToken))
	m.HandleFunc("GET /v3/auth/catalog", on(s.catalog))
	for _, path := range []string{"/v3/auth/", "/v3/OS-FEDERATION/"} {
		m.HandleFunc("GET "+path+"projects", on(s.projects))
		m.HandleFunc("GET "+path+"domains", on(s.domains))
	}
}

// version is en-us_topic_0057845613.
func (s *Server) version(*http.Request) result {
	return result{status: 200, body: object{"version": object{"id": "v3.6", "status": "stable", "updated": "2016-04-04T00:00:00Z",
		"links": []object{{"rel": "self", "href": s.URL + "/v3/"}}}}}
}

// logIn is POST /v3/auth/tokens: by password (en-us_topic_0057845583), and by an unscoped token
// (iam_13_0604), whose table calls the scope mandatory.
func (s *Server) logIn(r *http.Request) result {
	auth, ok := member(r, "auth")
	identity, hasIdentity := auth["identity"].(object)
	if !ok || !hasIdentity {
		return s.refuse(r, http.StatusBadRequest)
	}
	methods, _ := identity["methods"].([]any)
	scope, _ := auth["scope"].(object)
	switch {
	case slices.Equal(methods, []any{"password"}):
		return s.byPassword(r, identity, scope)
	case slices.Equal(methods, []any{"token"}):
		return s.byToken(r, identity, scope)
	}
	return s.refuse(r, http.StatusBadRequest)
}

func (s *Server) byPassword(r *http.Request, identity, scope object) result {
	password, _ := identity["password"].(object)
	user, _ := password["user"].(object)
	if user["password"] != Password || user["name"] != "admin" {
		return s.refuse(r, http.StatusUnauthorized)
	}
	place, status := s.place(scope)
	if status != 0 {
		return s.refuse(r, status)
	}
	return s.issue(token{admin: true, scope: place, methods: []string{"password"}})
}

func (s *Server) byToken(r *http.Request, identity, scope object) result {
	inner, _ := identity["token"].(object)
	id, _ := inner["id"].(string)
	from, known := s.tokens[id]
	switch {
	case scope == nil || id == "":
		return s.refuse(r, http.StatusBadRequest)
	case !known:
		return s.refuse(r, http.StatusUnauthorized)
	}
	place, status := s.place(scope)
	if status == 0 && !from.mayWorkIn(place) {
		status = http.StatusForbidden
	}
	if status != 0 {
		return s.refuse(r, status)
	}
	from.scope, from.methods = place, []string{"token"}
	return s.issue(from)
}

// holder is whose X-Auth-Token came.
func (s *Server) holder(r *http.Request) (token, bool) {
	t, ok := s.tokens[r.Header.Get("X-Auth-Token")]
	return t, ok
}

// validate is GET /v3/auth/tokens (verifying a token, en-us_topic_0057845585).
func (s *Server) validate(r *http.Request) result {
	if _, ok := s.holder(r); !ok {
		return s.refuse(r, http.StatusUnauthorized)
	}
	subject := r.Header.Get("X-Subject-Token")
	t, ok := s.tokens[subject]
	if !ok {
		return s.refuse(r, http.StatusNotFound)
	}
	return result{status: 200, token: subject, body: s.tokenBody(t)}
}

// deleteToken is iam_02_0063: one's own needs no permission.
func (s *Server) deleteToken(r *http.Request) result {
	holder, ok := s.holder(r)
	subject := r.Header.Get("X-Subject-Token")
	_, there := s.tokens[subject]
	switch {
	case subject == "":
		return s.refuse(r, http.StatusBadRequest)
	case !ok:
		return s.refuse(r, http.StatusUnauthorized)
	case subject != r.Header.Get("X-Auth-Token") && !holder.admin:
		return s.refuse(r, http.StatusForbidden)
	case !there:
		return s.refuse(r, http.StatusNotFound)
	}
	delete(s.tokens, subject)
	return result{status: http.StatusNoContent}
}
