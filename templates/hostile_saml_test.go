package templates

import (
	"encoding/base64"
	"sync"
	"time"

	"github.com/fedstone/fedstone/internal/saml"
)

// oneServiceProvider makes keys once: what they are changes nothing of what is rendered.
var oneServiceProvider = sync.OnceValues(func() (Keys, error) { return NewKeys("https://keystone.example.org/saml", time.Now()) })

// samlInputOf is an identity provider that describes itself under an entity id.
func samlInputOf(entityID string) (SAMLInput, error) {
	keys, err := oneServiceProvider()
	if err != nil {
		return SAMLInput{}, err
	}
	c, err := keys.certificate()
	if err != nil {
		return SAMLInput{}, err
	}
	id, err := xmlValue(entityID)
	if err != nil {
		return SAMLInput{}, err
	}
	text := []byte(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="` + id + `"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>` + base64.StdEncoding.EncodeToString(c.Raw) + `</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="` + saml.Redirect + `" Location="https://idp.example.org/saml"/><SingleSignOnService Binding="` + saml.SOAP + `" Location="https://idp.example.org/saml"/>
</IDPSSODescriptor></EntityDescriptor>`)
	idp, err := saml.ReadIdP(text, entityID)
	return SAMLInput{Metadata: text, IdP: idp, Keys: keys}, err
}

func saidByXML(text []byte) ([]saying, error) {
	pieces, err := readXML(text, func(value string) string { return value })
	var out []saying
	for _, p := range pieces {
		out = append(out, saying{p.kind, p.space, p.name, p.value})
	}
	return out, err
}
