package iamtest

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

func (s *Server) protocol(r *http.Request) (p *provider, id string, there bool) {
	p, id = s.idps[r.PathValue("idp")], r.PathValue("protocol")
	if p != nil {
		_, there = p.protocols[id]
	}
	return p, id, there
}

func protocolBody(p *provider, id string) object {
	return object{"id": id, "mapping_id": p.protocols[id], "links": object{}}
}

// listProtocols is en-us_topic_0057845644.
func (s *Server) listProtocols(r *http.Request) result {
	p, _, _ := s.protocol(r)
	if p == nil {
		return s.refuse(r, http.StatusNotFound)
	}
	list := []object{}
	for _, id := range sortedKeys(p.protocols) {
		list = append(list, protocolBody(p, id))
	}
	return result{status: 200, body: object{"protocols": list}}
}

// getProtocol is en-us_topic_0057845616.
func (s *Server) getProtocol(r *http.Request) result {
	p, id, there := s.protocol(r)
	if !there {
		return s.refuse(r, http.StatusNotFound)
	}
	return result{status: 200, body: object{"protocol": protocolBody(p, id)}}
}

// putProtocol is en-us_topic_0057845575: mapping_id is not mandatory. The pages show
// the ids saml and oidc alone. The table lists no status for a second one; 409 is
// that of the update (en-us_topic_0057845609).
func (s *Server) putProtocol(r *http.Request) result {
	p, id, there := s.protocol(r)
	o, ok := member(r, "protocol")
	mapping, named := o["mapping_id"].(string)
	switch {
	case p == nil:
		return s.refuse(r, http.StatusNotFound)
	case !ok || !only(o, "mapping_id") || !named && o["mapping_id"] != nil || id != "oidc" && id != "saml":
		return s.refuse(r, http.StatusBadRequest)
	case there:
		return s.refuse(r, http.StatusConflict)
	}
	p.protocols[id] = mapping
	return result{status: http.StatusCreated, body: object{"protocol": protocolBody(p, id)}}
}

// patchProtocol is en-us_topic_0057845609.
func (s *Server) patchProtocol(r *http.Request) result {
	p, id, there := s.protocol(r)
	o, ok := member(r, "protocol")
	mapping, named := o["mapping_id"].(string)
	switch {
	case !there:
		return s.refuse(r, http.StatusNotFound)
	case !ok || !only(o, "mapping_id") || !named:
		return s.refuse(r, http.StatusBadRequest)
	}
	p.protocols[id] = mapping
	return result{status: 200, body: object{"protocol": protocolBody(p, id)}}
}

// deleteProtocol is en-us_topic_0057845559.
func (s *Server) deleteProtocol(r *http.Request) result {
	p, id, there := s.protocol(r)
	if !there {
		return s.refuse(r, http.StatusNotFound)
	}
	delete(p.protocols, id)
	return result{status: http.StatusNoContent}
}
