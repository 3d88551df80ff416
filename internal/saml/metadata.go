package saml

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// IdP is what metadata says of an identity provider (SAML 2.0 Metadata, sections
// 2.3.2 and 2.4.3).
type IdP struct {
	EntityID   string
	SSO        []Endpoint    // SingleSignOnService, in their order
	Signing    []Certificate // that assertions may be signed with
	WantSigned bool          // WantAuthnRequestsSigned
	ValidUntil time.Time     // of the metadata; zero: it says none
}

// Endpoint is one SingleSignOnService.
type Endpoint struct{ Binding, Location string }

// At gives the location for a binding, or "".
func (i *IdP) At(binding string) string {
	for _, e := range i.SSO {
		if e.Binding == binding {
			return e.Location
		}
	}
	return ""
}

// ReadIdP reads an identity provider's metadata: an EntityDescriptor, or one of an
// EntitiesDescriptor, which entityID chooses. With entityID "" there must be one
// identity provider alone; with another, it has to be that one. Errors are *Error.
func ReadIdP(text []byte, entityID string) (*IdP, error) {
	root, err := read(text, MetadataLimits(), func(e *Element) bool {
		return !e.is(nsMetadata, "EntityDescriptor") || entityID == "" || e.attribute("entityID") == entityID
	})
	if err != nil {
		return nil, err
	}
	entity, err := choose(text, root, entityID)
	if err != nil {
		return nil, err
	}
	return readEntity(text, root, entity)
}

// choose finds the entity that is meant.
func choose(text []byte, root *Element, entityID string) (*Element, error) {
	entities := []*Element{root}
	switch {
	case root.is(nsMetadata, "EntitiesDescriptor"):
		entities = slices.DeleteFunc(root.all(nsMetadata, "EntityDescriptor"), func(e *Element) bool { return e.one(nsMetadata, "IDPSSODescriptor") == nil })
	case !root.is(nsMetadata, "EntityDescriptor"):
		return nil, at(text, root.start, "<"+cut(root.Local)+"> of "+named(root.Space), "an EntityDescriptor of SAML 2.0 metadata")
	}
	for _, e := range entities {
		if e.attribute("entityID") == entityID {
			return e, nil
		}
	}
	if len(entities) == 1 && entityID == "" {
		return entities[0], nil
	}
	return nil, notChosen(text, root, entities, entityID)
}

func notChosen(text []byte, root *Element, entities []*Element, entityID string) error {
	var ids []string
	for _, e := range entities[:min(len(entities), 3)] {
		ids = append(ids, cut(e.attribute("entityID")))
	}
	if entityID == "" {
		return at(text, root.start, fmt.Sprintf("%d identity providers: %s", len(entities), strings.Join(ids, ", ")), "one, or an entity id that chooses one")
	}
	if len(ids) == 0 {
		ids = []string{"none of that id"}
	}
	return at(text, root.start, "metadata of "+strings.Join(ids, ", "), "of "+entityID)
}

func readEntity(text []byte, root, entity *Element) (*IdP, error) {
	idp := &IdP{EntityID: entity.attribute("entityID")}
	role := entity.one(nsMetadata, "IDPSSODescriptor")
	switch {
	case idp.EntityID == "":
		return nil, at(text, entity.start, "an EntityDescriptor without an entityID", "entityID=…")
	case role == nil && entity.one(nsMetadata, "SPSSODescriptor") != nil:
		return nil, at(text, entity.start, "metadata of a service provider", "an identity provider's, with an IDPSSODescriptor")
	case role == nil:
		return nil, at(text, entity.start, "an EntityDescriptor without an IDPSSODescriptor", "an identity provider's")
	}
	idp.WantSigned = isTrue(role.attribute("WantAuthnRequestsSigned"))
	var err error
	if idp.ValidUntil, err = earliest(text, root, entity, role); err != nil {
		return nil, err
	}
	if idp.SSO, err = endpoints(text, role); err != nil {
		return nil, err
	}
	idp.Signing, err = signing(text, role)
	return idp, err
}

// endpoints reads the places of login, of which there is one at least.
func endpoints(text []byte, role *Element) ([]Endpoint, error) {
	var out []Endpoint
	for _, e := range role.all(nsMetadata, "SingleSignOnService") {
		location := e.attribute("Location")
		if u, err := url.Parse(location); err != nil || u.Host == "" {
			return nil, at(text, e.start, fmt.Sprintf("the Location %q", cut(location)), "a URL")
		}
		out = append(out, Endpoint{e.attribute("Binding"), location})
	}
	if len(out) == 0 {
		return nil, at(text, role.start, "an IDPSSODescriptor without a SingleSignOnService", "one at least")
	}
	return out, nil
}

// earliest gives the first validUntil of the elements.
func earliest(text []byte, elements ...*Element) (time.Time, error) {
	var first time.Time
	for _, e := range elements {
		until, err := timeOf(text, e, "validUntil")
		if err != nil {
			return first, err
		}
		if first.IsZero() || !until.IsZero() && until.Before(first) {
			first = until
		}
	}
	return first, nil
}
