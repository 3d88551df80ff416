package keystonetest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

func (s *Server) mux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v3/auth/tokens", s.logIn)
	mux.HandleFunc("DELETE /v3/auth/tokens", s.handle(s.revoke))
	for collection, member := range map[string]string{"domains": "domain", "projects": "project", "groups": "group"} {
		mux.HandleFunc("GET /v3/"+collection, s.handle(s.list(collection)))
		mux.HandleFunc("POST /v3/"+collection, s.handle(s.create(collection, member)))
		mux.HandleFunc("PATCH /v3/"+collection+"/{id}", s.handle(s.update(collection, member)))
		mux.HandleFunc("DELETE /v3/"+collection+"/{id}", s.handle(s.remove(collection)))
	}
	mux.HandleFunc("GET /v3/domains/{id}", s.handle(s.domain))
	mux.HandleFunc("GET /v3/users", s.handle(func(*http.Request, object) (int, any) {
		return http.StatusOK, object{"users": []any{}, "links": object{"next": nil}}
	}))
	mux.HandleFunc("GET /v3/roles", s.handle(s.listRoles))
	mux.HandleFunc("POST /v3/roles", s.handle(s.makeRole))
	mux.HandleFunc("GET /v3/role_assignments", s.handle(s.assignments))
	mux.HandleFunc("DELETE /v3/projects/{project}/groups/{group}/roles/{role}", s.handle(s.unassign))
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

// list filters by name, where one is given, as MySQL compares: without regard to case.
func (s *Server) list(collection string) action {
	return func(r *http.Request, _ object) (int, any) {
		found, query := []resource{}, r.URL.Query()
		for _, one := range s.named[collection] {
			if (query.Get("name") == "" || strings.EqualFold(one.Name, query.Get("name"))) && one.DomainID == query.Get("domain_id") {
				found = append(found, one)
			}
		}
		answer := object{"links": object{"next": nil}}
		if s.limit > 0 && len(found) > s.limit {
			found, answer["truncated"] = found[:s.limit], true
		}
		answer[collection] = found
		return http.StatusOK, answer
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
		description, _ := wanted["description"].(string)
		made := resource{s.id(collection), name, description, domainID, true}
		s.named[collection] = append(s.named[collection], made)
		return http.StatusCreated, object{member: made}
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

// listRoles gives a domain's own roles only where the domain is named.
func (s *Server) listRoles(r *http.Request, _ object) (int, any) {
	found := []resource{}
	for _, role := range s.roles {
		if role.DomainID == r.URL.Query().Get("domain_id") {
			found = append(found, role)
		}
	}
	return http.StatusOK, object{"roles": found, "links": object{"next": nil}}
}

func (s *Server) assignments(r *http.Request, _ object) (int, any) {
	found := []object{}
	for _, key := range slices.Sorted(maps.Keys(s.assigned)) {
		ids := strings.Split(key, "/")
		if ids[1] == r.URL.Query().Get("group.id") {
			found = append(found, object{"role": object{"id": ids[2]}, "scope": object{"project": object{"id": ids[0]}}, "group": object{"id": ids[1]}})
		}
	}
	return http.StatusOK, object{"role_assignments": found, "links": object{"next": nil}}
}

func (s *Server) unassign(r *http.Request, _ object) (int, any) {
	key := r.PathValue("project") + "/" + r.PathValue("group") + "/" + r.PathValue("role")
	if !s.assigned[key] {
		return refuse(http.StatusNotFound, "Could not find role assignment.")
	}
	delete(s.assigned, key)
	return http.StatusNoContent, nil
}

func (s *Server) update(collection, member string) action {
	return func(r *http.Request, body object) (int, any) {
		for i, one := range s.named[collection] {
			if one.ID == r.PathValue("id") {
				change, _ := json.Marshal(body[member])
				_ = json.Unmarshal(change, &s.named[collection][i]) // what it does not know it passes over, as Keystone does
				return http.StatusOK, object{member: s.named[collection][i]}
			}
		}
		return refuse(http.StatusNotFound, "Could not find "+member+": "+r.PathValue("id")+".")
	}
}

// remove refuses a domain that is enabled, and takes what is in another with it.
func (s *Server) remove(collection string) action {
	return func(r *http.Request, _ object) (int, any) {
		id := r.PathValue("id")
		i := slices.IndexFunc(s.named[collection], func(one resource) bool { return one.ID == id })
		switch {
		case i < 0:
			return refuse(http.StatusNotFound, "Could not find "+collection+": "+id+".")
		case collection == "domains" && s.named[collection][i].Enabled:
			return refuse(http.StatusForbidden, "Cannot delete a domain that is enabled, please disable it first.")
		}
		for kind, list := range s.named {
			s.named[kind] = slices.DeleteFunc(list, func(one resource) bool { return one.ID == id || one.DomainID == id })
		}
		maps.DeleteFunc(s.assigned, func(key string, _ bool) bool { return strings.Contains("/"+key+"/", "/"+id+"/") })
		return http.StatusNoContent, nil
	}
}

func (s *Server) makeRole(_ *http.Request, body object) (int, any) {
	wanted, _ := body["role"].(map[string]any)
	name, _ := wanted["name"].(string)
	domainID, _ := wanted["domain_id"].(string)
	made := resource{ID: s.id("role"), Name: name, DomainID: domainID, Enabled: true}
	s.roles = append(s.roles, made)
	return http.StatusCreated, object{"role": made}
}
