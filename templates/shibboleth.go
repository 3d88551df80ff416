package templates

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

// What Debian's packages of Shibboleth's SP have fixed: the folder, and the account of shibd, which alone reads
// keys and metadata (shibboleth-sp-utils, shibd.service).
const (
	shibbolethFolder = "/etc/shibboleth"
	shibbolethGroup  = "_shibd"
	shibbolethSocket = "/run/shibboleth/shibd.sock"
)

//go:embed saml/shibboleth2.xml.tmpl
var shibbolethText string

//go:embed saml/attribute-map.xml.tmpl
var attributeMapText string

func (j *job) byShibboleth() bool {
	all := j.saml.IdentityProviders
	return len(all) > 0 && all[0].ByShibboleth()
}

func (j *job) shibbolethPath() string { return path.Join(shibbolethFolder, "shibboleth2.xml") }
func (j *job) attributeMap() string   { return path.Join(shibbolethFolder, "attribute-map.xml") }

// shibbolethFiles puts Shibboleth's own files behind the others, if it is the service provider. Both hold no
// secret, and httpd's processes read the first again when it changes.
func (j *job) shibbolethFiles(others []File) ([]File, error) {
	if !j.byShibboleth() {
		return others, nil
	}
	file := func(where, text string, s *slots) (File, error) {
		content, readBack, err := xmlFile(path.Base(where), text, s)
		return File{Path: where, Kind: Shibboleth, Mode: 0o644, Owner: "root", Group: "root", Content: content, readBack: readBack}, err
	}
	own, err := together(
		func() (File, error) { return file(j.shibbolethPath(), shibbolethText, j.shibbolethSlots()) },
		func() (File, error) { return file(j.attributeMap(), attributeMapText, j.attributeSlots()) })
	return append(others, own...), err
}

// samlApplication is what Shibboleth calls an identity provider's part of its configuration: a session of one is
// none of another (shibsp/impl/StorageServiceSessionCache.cpp, find).
type samlApplication struct{ ID, EntityID, Endpoints, IdP, Metadata, Key, Certificate slot }

func (j *job) shibbolethSlots() *slots {
	s := newSlots()
	s.one("Socket", j.inTree(shibbolethSocket))
	s.one("AttributeMap", j.inTree(j.attributeMap()))
	s.one("Nobody", j.fed.Keystone.URL.Value+spec.EndpointsPath)
	s.one("NobodysEndpoints", strings.TrimSuffix(spec.EndpointsPath, "/"))
	var all []samlApplication
	for _, idp := range j.saml.IdentityProviders {
		file := func(name string) slot { return s.next(j.inTree(j.samlPath(idp, name))) }
		all = append(all, samlApplication{s.next(idp.ID.Value), s.next(j.fed.ServiceProvider(&idp)), s.next(idp.Endpoints()), s.next(idp.SAML.EntityID.Value),
			file("idp.xml"), file("sp.key"), file("sp.crt")})
	}
	s.fact("Applications", all)
	return s
}

// attribute is the name that identity providers give it, and the variable that it comes in.
type attribute struct{ Name, Variable slot }

func (j *job) attributeSlots() *slots {
	s := newSlots()
	s.one("NameID", mapping.ShibbolethPrefix+nameID)
	s.many("Formats", []string{"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
		"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"})
	var all []attribute
	for _, name := range j.attributes() {
		all = append(all, attribute{s.next(name), s.next(mapping.ShibbolethPrefix + name)})
	}
	s.fact("Attributes", all)
	return s
}

// nameID is the assertion's subject, as rules call it.
const nameID = "NAME_ID"

// attributes are those that the rules use: Shibboleth drops all others.
func (j *job) attributes() []string {
	var names []string
	for i, idp := range j.fed.IdentityProviders {
		if !idp.ByShibboleth() {
			continue
		}
		for _, rule := range j.mappings[i].Rules {
			for _, remote := range rule.Remote {
				if name, ok := strings.CutPrefix(remote.Type, mapping.ShibbolethPrefix); ok && name != nameID {
					names = append(names, name)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
