package iamtest

import (
	"crypto/rand"
	"net/http"
	"slices"
	"time"
)

// place finds what a scope names: one of domain and project, each by id or name; a
// project by name needs its domain (iam_13_0604, tables 6 to 9). A scope that is nil
// is none.
func (s *Server) place(scope object) (place object, status int) {
	domain, isDomain := scope["domain"].(object)
	project, isProject := scope["project"].(object)
	switch {
	case scope == nil:
		return nil, 0
	case isDomain == isProject || !only(scope, "domain", "project"):
		return nil, http.StatusBadRequest
	case isDomain:
		return find(domain, "domain", DomainID, DomainName, nil)
	}
	within, named := project["domain"].(object)
	if _, status := find(within, "domain", DomainID, DomainName, nil); named && status != 0 {
		return nil, status
	}
	if project["id"] == nil && !named {
		return nil, http.StatusBadRequest
	}
	return find(project, "project", ProjectID, ProjectName, object{"id": DomainID, "name": DomainName})
}

func find(wanted object, kind, id, name string, domain object) (object, int) {
	if wanted["id"] == nil && wanted["name"] == nil {
		return nil, http.StatusBadRequest
	}
	if wanted["id"] != nil && wanted["id"] != id || wanted["name"] != nil && wanted["name"] != name {
		return nil, http.StatusNotFound
	}
	found := object{"id": id, "name": name}
	if domain != nil {
		found["domain"] = domain
	}
	return object{kind: found}, 0
}

func (t token) mayWorkIn(place object) bool {
	_, domain := place["domain"]
	if domain {
		return t.admin || slices.Contains(t.groups, "ops")
	}
	return t.admin || slices.Contains(t.groups, "ops") || slices.Contains(t.groups, "readers")
}

// issue makes a token and the answer that brings it.
func (s *Server) issue(t token) result {
	id := "MII" + rand.Text() + rand.Text()
	t.issued = time.Now().UTC()
	s.tokens[id] = t
	return result{status: http.StatusCreated, token: id, body: s.tokenBody(t)}
}

// tokenBody is the token of iam_13_0604 to 0606. A federated user's groups have names.
func (s *Server) tokenBody(t token) object {
	const layout = "2006-01-02T15:04:05.000000Z"
	user := object{"id": "suvmgvUZc4PaCOEc" + t.user, "name": t.user, "domain": object{"id": DomainID, "name": DomainName}}
	if t.idp != "" {
		groups := []object{}
		for _, name := range t.groups {
			groups = append(groups, object{"id": groupIDs()[name], "name": name})
		}
		user["OS-FEDERATION"] = object{"identity_provider": object{"id": t.idp}, "protocol": object{"id": "oidc"}, "groups": groups}
	}
	out := object{"methods": t.methods, "issued_at": t.issued.Format(layout), "expires_at": t.issued.Add(lifetime).Format(layout), "user": user}
	for kind, place := range t.scope {
		out[kind], out["roles"], out["catalog"] = place, []object{{"id": "0", "name": "te_admin"}}, s.services()
	}
	return object{"token": out}
}

// groupIDs are the groups of the account.
func groupIDs() map[string]string {
	return map[string]string{"ops": "06aa2260bb00cecc3f3ac0084a74038f", "readers": "45a8c8f1e3a94b7f9f60bb7c8a8d2f10"}
}

func (s *Server) services() []object {
	endpoint := object{"id": "d2983f677ce14f1e81cbb6a9345a107a", "interface": "public", "region": "*", "region_id": "*", "url": s.URL + "/v3"}
	return []object{{"id": "fd631b3426cb40f0919091d5861d8fea", "name": "keystone", "type": "identity", "endpoints": []object{endpoint}}}
}

// catalog is iam_02_0004.
func (s *Server) catalog(r *http.Request) result {
	if t, ok := s.holder(r); !ok || t.scope == nil {
		return s.refuse(r, http.StatusUnauthorized)
	}
	return result{status: 200, body: object{"catalog": s.services(), "links": object{"self": s.URL + "/v3/auth/catalog"}}}
}

// projects are those that the holder may work in (en-us_topic_0057845595).
func (s *Server) projects(r *http.Request) result {
	t, ok := s.holder(r)
	if !ok {
		return s.refuse(r, http.StatusUnauthorized)
	}
	list := []object{}
	if t.mayWorkIn(object{"project": nil}) {
		list = append(list, object{"id": ProjectID, "name": ProjectName, "domain_id": DomainID, "parent_id": DomainID, "enabled": true, "is_domain": false})
	}
	return result{status: 200, body: object{"projects": list, "links": object{"self": s.URL + r.URL.Path}}}
}

// domains are the accounts that the holder may work in (en-us_topic_0057845596).
func (s *Server) domains(r *http.Request) result {
	t, ok := s.holder(r)
	if !ok {
		return s.refuse(r, http.StatusUnauthorized)
	}
	list := []object{}
	if t.mayWorkIn(object{"domain": nil}) {
		list = append(list, object{"id": DomainID, "name": DomainName, "enabled": true})
	}
	return result{status: 200, body: object{"domains": list, "links": object{"self": s.URL + r.URL.Path}}}
}
