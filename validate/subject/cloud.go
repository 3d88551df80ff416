package subject

import (
	"bytes"
	"encoding/json"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// Cloud is what a live Keystone has for federation, as its API gives it. Name is
// how findings call it: cloud:NAME, or the file that it was saved to.
type Cloud struct {
	Name      string          `json:"-"`
	Providers []CloudProvider `json:"identity_providers"`
	Mappings  []CloudMapping  `json:"mappings"`
}

// CloudProvider is an identity provider (GET /v3/OS-FEDERATION/identity_providers)
// with its protocols. AuthorizationTTL is in minutes, nil where it is not set.
type CloudProvider struct {
	ID               string          `json:"id"`
	Enabled          bool            `json:"enabled"`
	DomainID         string          `json:"domain_id"`
	RemoteIDs        []string        `json:"remote_ids"`
	AuthorizationTTL *int            `json:"authorization_ttl"`
	Protocols        []CloudProtocol `json:"protocols"`
}

// CloudProtocol is a protocol of an identity provider. RemoteIDAttribute is ""
// where it is not set.
type CloudProtocol struct {
	ID                string `json:"id"`
	MappingID         string `json:"mapping_id"`
	RemoteIDAttribute string `json:"remote_id_attribute"`
}

// CloudMapping is a mapping (GET /v3/OS-FEDERATION/mappings).
type CloudMapping struct {
	ID            string          `json:"id"`
	SchemaVersion string          `json:"schema_version,omitempty"`
	Rules         json.RawMessage `json:"rules"`
}

// At is the place that a finding about the cloud's objects has.
func (c *Cloud) At() finding.Range { return finding.Range{Path: c.Name} }

// Provider gives an identity provider by its id; nil if there is none. Keystone
// compares ids as its database does, MariaDB without case.
func (c *Cloud) Provider(id string) *CloudProvider {
	for i := range c.Providers {
		if c.Providers[i].ID == id {
			return &c.Providers[i]
		}
	}
	return nil
}

// SetCloud joins a live Keystone's objects to the site; its mappings are judged as
// files are.
func (s *Site) SetCloud(c *Cloud) {
	s.Cloud = c
	for _, m := range c.Mappings {
		text, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			continue
		}
		path := c.Name + "/mappings/" + m.ID
		doc, found := engine.Read(path, text)
		s.Found = append(s.Found, found...)
		s.sources[path] = text
		if doc != nil && !found.HasErrors() {
			s.Mappings = append(s.Mappings, &Mapping{Path: path, Name: m.ID, Doc: doc})
		}
	}
}

// cloud reads objects that were saved to a file.
func (l *loader) cloud(name string, src []byte) {
	c := &Cloud{Name: name}
	decoder := json.NewDecoder(bytes.NewReader(src))
	if err := decoder.Decode(c); err != nil {
		l.find("bad-json", name, "not the objects of a Keystone: "+err.Error(), `{"identity_providers": […], "mappings": […]}`)
		return
	}
	l.site.SetCloud(c)
}
