package keystonetest

import (
	"encoding/json"
	"net/http"
	"strings"
)

func (s *Server) mux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v3/auth/tokens", s.logIn)
	mux.HandleFunc("DELETE /v3/auth/tokens", s.handle(s.revoke))
	for collection, member := range map[string]string{"domains": "domain", "projects": "project", "groups": "group"} {
		mux.HandleFunc("GET /v3/"+collection, s.handle(s.list(collection)))
		mux.HandleFunc("POST /v3/"+collection, s.handle(s.create(collection, member)))
	}
	mux.HandleFunc("GET /v3/domains/{id}", s.handle(s.domain))
	mux.HandleFunc("GET /v3/roles", s.handle(func(*http.Request, object) (int, any) {
		return http.StatusOK, object{"roles": s.roles, "links": object{"next": nil}}
	}))
	mux.HandleFunc("GET /v3/projects/{project}/groups/{group}/roles", s.handle(s.groupRoles))
	mux.HandleFunc("PUT /v3/projects/{project}/groups/{group}/roles/{role}", s.handle(s.assign))
	s.federation(mux)
	return mux
}

func (s *Server) logIn(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var body struct {
		Auth struct {
			Identity struct {
				Password struct {
					User struct{ Name, Password string }
				}
				Token struct{ ID string }
			}
		}
	}
	_ = json.NewDecoder(r.Body).Decode(&body) // a wrong body holds no credentials
	identity := body.Auth.Identity
	user := identity.Password.User
	if (user.Name != "admin" || user.Password != Password) && !s.tokens[identity.Token.ID] {
		Refuse(w, http.StatusUnauthorized, "The request you have made requires authentication.")
		return
	}
	token := s.id("token")
	s.tokens[token] = true
	w.Header().Set("X-Subject-Token", token)
	answer(w, http.StatusCreated, object{"token": object{"methods": []string{"password"}, "catalog": []any{}}})
}

// revoke ends a token. One that is unknown is refused already by the check of
// X-Auth-Token, since apply lets a token revoke itself.
func (s *Server) revoke(r *http.Request, _ object) (int, any) {
	delete(s.tokens, r.Header.Get("X-Subject-Token"))
	return http.StatusNoContent, nil
}

func (s *Server) add(collection, domainID, name string, enabled bool) string {
	made := resource{ID: s.id(collection), Name: name, DomainID: domainID, Enabled: enabled}
	s.named[collection] = append(s.named[collection], made)
	return made.ID
}

// list filters by name as MySQL compares: without regard to case.
func (s *Server) list(collection string) action {
	return func(r *http.Request, _ object) (int, any) {
		found, query := []resource{}, r.URL.Query()
		for _, one := range s.named[collection] {
			if strings.EqualFold(one.Name, query.Get("name")) && one.DomainID == query.Get("domain_id") {
				found = append(found, one)
			}
		}
		return http.StatusOK, object{collection: found, "links": object{"next": nil}}
	}
}

func (s *Server) create(collection, member string) action {
	return func(_ *http.Request, body object) (int, any) {
		wanted, _ := body[member].(map[string]any)
		name, _ := wanted["name"].(string)
		domainID, _ := wanted["domain_id"].(string)
		for _, one := range s.named[collection] {
			if strings.EqualFold(one.Name, name) && one.DomainID == domainID {
				return refuse(http.StatusConflict, "Conflict occurred attempting to store "+member+" - Duplicate entry.")
			}
		}
		id := s.add(collection, domainID, name, true)
		return http.StatusCreated, object{member: object{"id": id, "name": name, "domain_id": domainID, "enabled": true}}
	}
}

func (s *Server) domain(r *http.Request, _ object) (int, any) {
	for _, one := range s.named["domains"] {
		if one.ID == r.PathValue("id") {
			return http.StatusOK, object{"domain": one}
		}
	}
	return refuse(http.StatusNotFound, "Could not find domain: "+r.PathValue("id")+".")
}

func (s *Server) groupRoles(r *http.Request, _ object) (int, any) {
	found := []resource{}
	for _, role := range s.roles {
		if s.assigned[r.PathValue("project")+"/"+r.PathValue("group")+"/"+role.ID] {
			found = append(found, role)
		}
	}
	return http.StatusOK, object{"roles": found, "links": object{"next": nil}}
}

func (s *Server) assign(r *http.Request, _ object) (int, any) {
	s.assigned[r.PathValue("project")+"/"+r.PathValue("group")+"/"+r.PathValue("role")] = true
	return http.StatusNoContent, nil
}
