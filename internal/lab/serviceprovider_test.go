package lab

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// paosProvider is a service provider's metadata with the consumer of ECP (SAML Profiles 2.0, section 4.2).
const paosProvider = `<EntityDescriptor entityID="https://sp.example.org/saml" xmlns="urn:oasis:names:tc:SAML:2.0:metadata">
 <SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  <AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.org/postResponse"/>
  <AssertionConsumerService index="1" Binding="urn:oasis:names:tc:SAML:2.0:bindings:PAOS" Location="https://sp.example.org/paosResponse"/>
 </SPSSODescriptor>
</EntityDescriptor>`

// ecpRequest asks for a login that is sent back to the consumer of the metadata above.
const ecpRequest = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>
<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" IssueInstant="NOW"
 ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:PAOS" AssertionConsumerServiceURL="https://sp.example.org/paosResponse"><saml:Issuer>https://sp.example.org/saml</saml:Issuer></samlp:AuthnRequest>
</S:Body></S:Envelope>`

// checkIntroduced: who has been introduced gets an assertion about alice, and was refused before.
func checkIntroduced(t *testing.T, l *Lab, issuer Issuer) {
	if text := askECP(t, l, issuer); strings.Contains(text, "Assertion") {
		t.Errorf("%s answers a service provider that nobody has introduced", issuer.Name)
	}
	for range 2 { // the second takes the place of the first
		if err := l.Introduce(t.Context(), issuer.Name, []byte(paosProvider)); err != nil {
			t.Fatal(err)
		}
	}
	text := askECP(t, l, issuer)
	for _, want := range []string{"ecp:Response", ">alice<", `Name="groups"`, ">cloud-admins<", ">cloud-users<", `Name="email"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s: no %s in its answer of %d bytes", issuer.Name, want, len(text))
		}
	}
	if err := l.Introduce(t.Context(), issuer.Name, []byte("<html/>")); !errors.Is(err, ErrNoServiceProvider) {
		t.Errorf("of metadata that is none it is said: %v", err)
	}
	if err := l.Introduce(t.Context(), "campus", []byte(paosProvider)); err == nil || !strings.Contains(err.Error(), "corp, partner") {
		t.Errorf("of an issuer that speaks no SAML it is said: %v", err)
	}
}

func askECP(t *testing.T, l *Lab, issuer Issuer) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, issuer.URL+"/protocol/saml", strings.NewReader(strings.Replace(ecpRequest, "NOW", time.Now().UTC().Format(time.RFC3339), 1)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "text/xml")
	req.SetBasicAuth("alice", l.mustSecret(t, issuer.Name+"-user-alice"))
	web, err := l.client()
	if err != nil {
		t.Fatal(err)
	}
	defer web.CloseIdleConnections()
	res, err := web.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
