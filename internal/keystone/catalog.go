package keystone

import (
	"encoding/json"
	"errors"
)

// Service is an entry of the service catalog (identity API v3, GET /v3/auth/catalog).
type Service struct {
	Type      string
	Name      string
	Endpoints []Endpoint
}

// Endpoint is where a service is asked. Interface is public, internal or admin.
type Endpoint struct {
	ID        string
	Interface string
	Region    string
	URL       string
}

// ParseCatalog reads the answer of Catalog.
func ParseCatalog(raw []byte) ([]Service, error) {
	var body struct{ Catalog *[]Service }
	if err := json.Unmarshal(raw, &body); err != nil {
		return nil, err
	}
	if body.Catalog == nil {
		return nil, errors.New("missing")
	}
	return *body.Catalog, nil
}

// EndpointsOf gives the endpoints of every service of a type, in their order.
func EndpointsOf(services []Service, kind string) []Endpoint {
	var out []Endpoint
	for _, s := range services {
		if s.Type == kind {
			out = append(out, s.Endpoints...)
		}
	}
	return out
}

// SelfLink gives where Keystone says that it is: the link "self" of the answer to
// GET /v3, or of the version v3 in that of the unversioned root; "" without one.
func SelfLink(raw []byte) string {
	type version struct {
		ID    string
		Links []struct{ Rel, Href string }
	}
	var body struct {
		Version  version
		Versions struct{ Values []version }
	}
	if json.Unmarshal(raw, &body) != nil {
		return ""
	}
	for _, v := range append(body.Versions.Values, body.Version) {
		for _, l := range v.Links {
			if l.Rel == "self" && len(v.ID) > 1 && v.ID[:2] == "v3" {
				return l.Href
			}
		}
	}
	return ""
}
