package keystonetest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

const root = "/v3/OS-FEDERATION/"

func (s *Server) federation(mux *http.ServeMux) {
	idps := func(*http.Request) map[string]object { return s.idps }
	protocols := func(r *http.Request) map[string]object { return s.protocols[r.PathValue("idp")] }
	mappings := func(*http.Request) map[string]object { return s.mappings }
	mux.HandleFunc("GET "+root+"identity_providers", s.handle(list("identity_providers", idps)))
	mux.HandleFunc("GET "+root+"identity_providers/{id}", s.handle(show("identity_provider", idps)))
	mux.HandleFunc("PUT "+root+"identity_providers/{id}", s.handle(s.putProvider))
	mux.HandleFunc("PATCH "+root+"identity_providers/{id}", s.handle(s.patchProvider))
	mux.HandleFunc("GET "+root+"identity_providers/{idp}/protocols", s.handle(list("protocols", protocols)))
	mux.HandleFunc("PUT "+root+"identity_providers/{idp}/protocols/{id}", s.handle(s.putProtocol))
	mux.HandleFunc("PATCH "+root+"identity_providers/{idp}/protocols/{id}", s.handle(change("protocol", protocols)))
	mux.HandleFunc("GET "+root+"mappings/{id}", s.handle(show("mapping", mappings)))
	mux.HandleFunc("PUT "+root+"mappings/{id}", s.handle(put("mapping", mappings)))
	mux.HandleFunc("PATCH "+root+"mappings/{id}", s.handle(change("mapping", mappings)))
	mux.HandleFunc("GET "+root+"mappings", s.handle(list("mappings", mappings)))
	mux.HandleFunc("DELETE "+root+"identity_providers/{id}", s.handle(s.deleteProvider))
	mux.HandleFunc("DELETE "+root+"identity_providers/{idp}/protocols/{id}", s.handle(drop("protocol", protocols)))
	mux.HandleFunc("DELETE "+root+"mappings/{id}", s.handle(drop("mapping", mappings)))
}

// store finds the objects that a request is about.
type store func(*http.Request) map[string]object

func list(collection string, in store) action {
	return func(r *http.Request, _ object) (int, any) {
		found, objects := []object{}, in(r)
		for _, id := range slices.Sorted(maps.Keys(objects)) {
			found = append(found, objects[id])
		}
		return http.StatusOK, object{collection: found}
	}
}

func show(member string, in store) action {
	return func(r *http.Request, _ object) (int, any) {
		if one, exists := in(r)[r.PathValue("id")]; exists {
			return http.StatusOK, object{member: one}
		}
		return refuse(http.StatusNotFound, "Could not find "+member+": "+r.PathValue("id")+".")
	}
}

func put(member string, in store) action {
	return func(r *http.Request, body object) (int, any) {
		id := r.PathValue("id")
		if _, exists := in(r)[id]; exists {
			return refuse(http.StatusConflict, "Conflict occurred attempting to store "+member+" - Duplicate entry found with ID "+id+".")
		}
		made := object(body[member].(map[string]any))
		made["id"] = id
		in(r)[id] = made
		return http.StatusCreated, object{member: made}
	}
}

func change(member string, in store) action {
	return func(r *http.Request, body object) (int, any) {
		one, exists := in(r)[r.PathValue("id")]
		if !exists {
			return refuse(http.StatusNotFound, "Could not find "+member+": "+r.PathValue("id")+".")
		}
		maps.Copy(one, body[member].(map[string]any))
		return http.StatusOK, object{member: one}
	}
}

func (s *Server) putProvider(r *http.Request, body object) (int, any) {
	wanted := body["identity_provider"].(map[string]any)
	if s.taken(wanted, r.PathValue("id")) {
		return refuse(http.StatusConflict, "Conflict occurred attempting to store identity_provider - Duplicate remote ID.")
	}
	return put("identity_provider", func(*http.Request) map[string]object { return s.idps })(r, body)
}

func (s *Server) patchProvider(r *http.Request, body object) (int, any) {
	wanted := body["identity_provider"].(map[string]any)
	if _, given := wanted["domain_id"]; given {
		return refuse(http.StatusBadRequest, "Additional properties are not allowed ('domain_id' was unexpected)")
	}
	if s.taken(wanted, r.PathValue("id")) {
		return refuse(http.StatusConflict, "Conflict occurred attempting to store identity_provider - Duplicate remote ID.")
	}
	return change("identity_provider", func(*http.Request) map[string]object { return s.idps })(r, body)
}

// taken reports whether another identity provider has one of the remote ids.
func (s *Server) taken(wanted map[string]any, self string) bool {
	ids, _ := wanted["remote_ids"].([]any)
	for other, one := range s.idps {
		has, _ := one["remote_ids"].([]any)
		for _, id := range ids {
			if other != self && slices.Contains(has, id) {
				return true
			}
		}
	}
	return false
}

func (s *Server) putProtocol(r *http.Request, body object) (int, any) {
	idp := r.PathValue("idp")
	if _, exists := s.idps[idp]; !exists {
		return refuse(http.StatusNotFound, "Could not find identity_provider: "+idp+".")
	}
	if s.protocols[idp] == nil {
		s.protocols[idp] = map[string]object{}
	}
	return put("protocol", func(r *http.Request) map[string]object { return s.protocols[r.PathValue("idp")] })(r, body)
}

// Way is what somebody with a token of Issuer gets at an identity provider that
// lets people in: its mapping's rules.
type Way struct{ IdentityProvider, Protocol, Issuer, Rules string }

// Ways gives every way in that is open: identity provider enabled, issuer known,
// protocol there, mapping there.
func (s *Server) Ways() []Way {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ways []Way
	for id, idp := range s.idps {
		issuers, _ := idp["remote_ids"].([]any)
		for name, protocol := range s.protocols[id] {
			mapping, exists := s.mappings[protocol["mapping_id"].(string)]
			for _, issuer := range issuers {
				if idp["enabled"] == true && exists {
					rules, _ := json.Marshal(mapping["rules"])
					ways = append(ways, Way{id, name, issuer.(string), string(rules)})
				}
			}
		}
	}
	slices.SortFunc(ways, func(a, b Way) int {
		return slices.Compare([]string{a.IdentityProvider, a.Protocol, a.Issuer}, []string{b.IdentityProvider, b.Protocol, b.Issuer})
	})
	return ways
}

func drop(member string, in store) action {
	return func(r *http.Request, _ object) (int, any) {
		if _, exists := in(r)[r.PathValue("id")]; !exists {
			return refuse(http.StatusNotFound, "Could not find "+member+": "+r.PathValue("id")+".")
		}
		delete(in(r), r.PathValue("id"))
		return http.StatusNoContent, nil
	}
}

// deleteProvider takes its protocols with it.
func (s *Server) deleteProvider(r *http.Request, body object) (int, any) {
	delete(s.protocols, r.PathValue("id"))
	return drop("identity_provider", func(*http.Request) map[string]object { return s.idps })(r, body)
}
