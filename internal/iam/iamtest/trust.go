package iamtest

import (
	"net/http"
	"slices"
)

func (s *Server) trustRoutes(m *http.ServeMux) {
	const idps, one = "/v3/OS-FEDERATION/identity_providers", "/v3/OS-FEDERATION/identity_providers/{idp}"
	m.HandleFunc("GET "+idps, on(s.reading(s.listProviders)))
	m.HandleFunc("GET "+one, on(s.reading(s.getProvider)))
	m.HandleFunc("PUT "+one, on(s.writing(s.putProvider)))
	m.HandleFunc("PATCH "+one, on(s.writing(s.patchProvider)))
	m.HandleFunc("DELETE "+one, on(s.writing(s.deleteProvider)))
	m.HandleFunc("GET "+one+"/protocols", on(s.reading(s.listProtocols)))
	m.HandleFunc("GET "+one+"/protocols/{protocol}", on(s.reading(s.getProtocol)))
	m.HandleFunc("PUT "+one+"/protocols/{protocol}", on(s.writing(s.putProtocol)))
	m.HandleFunc("PATCH "+one+"/protocols/{protocol}", on(s.writing(s.patchProtocol)))
	m.HandleFunc("DELETE "+one+"/protocols/{protocol}", on(s.writing(s.deleteProtocol)))
	const mapping = "/v3/OS-FEDERATION/mappings/{mapping}"
	m.HandleFunc("GET "+mapping, on(s.reading(s.getMapping)))
	m.HandleFunc("PUT "+mapping, on(s.writing(s.putMapping)))
	m.HandleFunc("PATCH "+mapping, on(s.writing(s.patchMapping)))
	m.HandleFunc("DELETE "+mapping, on(s.writing(s.deleteMapping)))
	const config = "/v3.0/OS-FEDERATION/identity-providers/{idp}/openid-connect-config"
	m.HandleFunc("GET "+config, on(s.administering(s.getConfig)))
	m.HandleFunc("POST "+config, on(s.writing(s.postConfig)))
	m.HandleFunc("PUT "+config, on(s.writing(s.putConfig)))
}

// reading asks for an authenticated token and the Content-Type of the tables.
func (s *Server) reading(do action) action {
	return func(r *http.Request) result {
		if _, ok := s.holder(r); !ok {
			return s.refuse(r, http.StatusUnauthorized)
		}
		if !asTold(r) {
			return s.refuse(r, http.StatusBadRequest)
		}
		return do(r)
	}
}

// administering asks for the policy Security Administrator besides.
func (s *Server) administering(do action) action {
	return s.reading(func(r *http.Request) result {
		if t, _ := s.holder(r); !t.admin {
			return s.refuse(r, http.StatusForbidden)
		}
		return do(r)
	})
}

func (s *Server) writing(do action) action {
	return s.administering(func(r *http.Request) result {
		s.writes = append(s.writes, r.Method+" "+r.URL.Path)
		return do(r)
	})
}

func (s *Server) shown(id string) object {
	p, self := s.idps[id], s.URL+"/v3/OS-FEDERATION/identity_providers/"+id
	return object{"id": id, "description": p.fields["description"], "enabled": p.fields["enabled"], "sso_type": p.fields["sso_type"],
		"remote_ids": []string{}, "links": object{"self": self, "protocols": self + "/protocols"}}
}

// listProviders is en-us_topic_0057845581.
func (s *Server) listProviders(*http.Request) result {
	list := []object{}
	for _, id := range sortedKeys(s.idps) {
		list = append(list, s.shown(id))
	}
	return result{status: 200, body: object{"identity_providers": list}}
}

// getProvider is en-us_topic_0057845639.
func (s *Server) getProvider(r *http.Request) result {
	id := r.PathValue("idp")
	if s.idps[id] == nil {
		return s.refuse(r, http.StatusNotFound)
	}
	return result{status: 200, body: object{"identity_provider": s.shown(id)}}
}

// providerFields reads description, enabled and sso_type, none of which is mandatory.
func providerFields(r *http.Request) (object, bool) {
	o, ok := member(r, "identity_provider")
	if !ok || !only(o, "description", "enabled", "sso_type") {
		return nil, false
	}
	_, text := o["description"].(string)
	_, truth := o["enabled"].(bool)
	sso, named := o["sso_type"].(string)
	return o, (text || o["description"] == nil) && (truth || o["enabled"] == nil) && (o["sso_type"] == nil || named && slices.Contains([]string{"virtual_user_sso", "iam_user_sso"}, sso))
}

// putProvider is en-us_topic_0057845606. A new one is disabled unless told otherwise.
func (s *Server) putProvider(r *http.Request) result {
	id := r.PathValue("idp")
	given, ok := providerFields(r)
	switch {
	case !ok || len(id) > 64:
		return s.refuse(r, http.StatusBadRequest)
	case s.idps[id] != nil:
		return s.refuse(r, http.StatusConflict)
	}
	fields := object{"description": "", "enabled": false, "sso_type": "virtual_user_sso"}
	for name, value := range given {
		fields[name] = value
	}
	s.idps[id] = &provider{fields: fields, protocols: map[string]string{}}
	return result{status: http.StatusCreated, body: object{"identity_provider": s.shown(id)}}
}

// patchProvider is en-us_topic_0057845612: one parameter at least.
func (s *Server) patchProvider(r *http.Request) result {
	id := r.PathValue("idp")
	given, ok := providerFields(r)
	switch {
	case s.idps[id] == nil:
		return s.refuse(r, http.StatusNotFound)
	case !ok || given["sso_type"] != nil || len(given) == 0:
		return s.refuse(r, http.StatusBadRequest)
	}
	for name, value := range given {
		s.idps[id].fields[name] = value
	}
	return result{status: 200, body: object{"identity_provider": s.shown(id)}}
}

// deleteProvider is en-us_topic_0057845570. The configuration has no call that deletes
// it, so it goes with its identity provider.
func (s *Server) deleteProvider(r *http.Request) result {
	if s.idps[r.PathValue("idp")] == nil {
		return s.refuse(r, http.StatusNotFound)
	}
	delete(s.idps, r.PathValue("idp"))
	return result{status: http.StatusNoContent}
}
