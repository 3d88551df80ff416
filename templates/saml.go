package templates

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"path"

	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/spec"
)

// SAMLInput is what a SAML identity provider takes beside the description.
type SAMLInput struct {
	Metadata []byte    // the identity provider's, as it wrote it
	IdP      *saml.IdP // what that says
	Keys     Keys      // the service provider's
}

//go:embed saml/sp.xml.tmpl
var serviceProviderText string

// consumers are the endpoints, below those of an identity provider, that take assertions: of browsers, and of
// programs (mod_auth_mellon: auth_mellon_handler.c, am_handler; Shibboleth: protocols.xml).
func consumers(idp spec.IdentityProvider) (post, paos string) {
	if idp.ByShibboleth() {
		return "/SAML2/POST", "/SAML2/ECP"
	}
	return "/postResponse", "/paosResponse"
}

// samlFolder holds a folder for each SAML identity provider.
func (j *job) samlFolder() string {
	if j.byShibboleth() {
		return path.Join(shibbolethFolder, "fedstone")
	}
	return path.Join(path.Dir(j.platform.Layout.MetadataDir), "saml2")
}

// samlGroup is the group of who reads it.
func (j *job) samlGroup() string {
	if j.byShibboleth() {
		return shibbolethGroup
	}
	return j.platform.Layout.HTTPDGroup
}

func (j *job) samlPath(idp spec.IdentityProvider, name string) string {
	return path.Join(j.samlFolder(), idp.ID.Value, name)
}

// samlFiles renders what httpd, as a service provider, reads besides its configuration.
func (j *job) samlFiles() ([]File, error) {
	var out []File
	for _, idp := range j.saml.IdentityProviders {
		in := j.in.SAML[idp.ID.Value]
		sp, readBack, err := serviceProvider(j.fed, idp, in.Keys)
		if err != nil {
			return nil, fmt.Errorf("SAML metadata of %q: %w", idp.ID.Value, err)
		}
		file := func(name string, content []byte, readBack proof) File {
			return File{Path: j.samlPath(idp, name), Kind: Metadata, Mode: 0o640, Owner: "root", Group: j.samlGroup(), Content: content, readBack: readBack}
		}
		key := file("sp.key", in.Keys.Key, readsAsKey(in.Keys))
		key.Secret = true
		out = append(out, key, file("sp.crt", in.Keys.Certificate, readsAsCertificate(in.Keys)), file("sp.xml", sp, readBack), file("idp.xml", in.Metadata, readsAsIdP(idp, in)))
	}
	return j.shibbolethFiles(out)
}

// ServiceProvider gives the metadata that the owner of a SAML identity provider is handed.
func ServiceProvider(fed *spec.Federation, idp spec.IdentityProvider, keys Keys) ([]byte, error) {
	text, readBack, err := serviceProvider(fed, idp, keys)
	if err == nil {
		err = readBack(text)
	}
	return text, err
}

func serviceProvider(fed *spec.Federation, idp spec.IdentityProvider, keys Keys) ([]byte, proof, error) {
	certificate, err := keys.certificate()
	if err != nil {
		return nil, nil, err
	}
	s, at := newSlots(), fed.Keystone.URL.Value+idp.Endpoints()
	post, paos := consumers(idp)
	s.one("EntityID", fed.ServiceProvider(&idp))
	s.one("Certificate", base64.StdEncoding.EncodeToString(certificate.Raw))
	s.one("Consumer", at+post)
	s.one("PAOSConsumer", at+paos)
	return xmlFile("sp.xml", serviceProviderText, s)
}

// readsAsIdP holds an identity provider's own document against what was read of it.
func readsAsIdP(idp spec.IdentityProvider, in SAMLInput) proof {
	return func(text []byte) error {
		if !bytes.Equal(text, in.Metadata) {
			return errOtherMeaning
		}
		_, err := saml.ReadIdP(text, idp.SAML.EntityID.Value)
		return err
	}
}

func readsAsKey(k Keys) proof {
	return func(text []byte) error {
		_, err := Keys{text, k.Certificate}.certificate()
		return err
	}
}

func readsAsCertificate(k Keys) proof {
	return func(text []byte) error {
		if _, err := (Keys{k.Key, text}).certificate(); err != nil {
			return err
		}
		if !bytes.Equal(text, k.Certificate) {
			return errors.New("another certificate")
		}
		return nil
	}
}
