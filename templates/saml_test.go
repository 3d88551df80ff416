package templates_test

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// bySAML is an identity provider that speaks SAML, as the loader gives it.
func bySAML(id, entityID, remoteID string) spec.IdentityProvider {
	return spec.IdentityProvider{ID: text(id), DisplayName: text(id), Domain: text(id), Protocol: text("saml2"),
		SAML:  &spec.SAML{EntityID: text(entityID), RemoteID: text(remoteID)},
		Rules: []spec.Rule{{User: &spec.User{Name: text("{username}")}}}}
}

// samlInputs adds what SAML identity providers take: keys of the test's, and metadata that offers these bindings.
func samlInputs(t *testing.T, fed *spec.Federation, bindings ...string) templates.Inputs {
	t.Helper()
	in := inputs(fed.OpenID())
	in.SAML = map[string]templates.SAMLInput{}
	for _, idp := range fed.SAML().IdentityProviders {
		keys, err := templates.NewKeys(fed.ServiceProvider(&idp), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		one := templates.SAMLInput{Keys: keys, Metadata: metadataOf(idp.SAML.EntityID.Value, keys, bindings)}
		if one.IdP, err = saml.ReadIdP(one.Metadata, idp.SAML.EntityID.Value); err != nil {
			t.Fatal(err)
		}
		in.SAML[idp.ID.Value] = one
	}
	return in
}

func metadataOf(entityID string, keys templates.Keys, bindings []string) []byte {
	var b strings.Builder
	b.WriteString(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="` + entityID + `"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` +
		`<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>` + inBase64(keys) + `</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`)
	for _, binding := range bindings {
		b.WriteString(`<SingleSignOnService Binding="` + binding + `" Location="https://idp.example.org/saml"/>`)
	}
	return []byte(b.String() + `</IDPSSODescriptor></EntityDescriptor>`)
}

func inBase64(keys templates.Keys) string {
	block, _ := pem.Decode(keys.Certificate)
	return base64.StdEncoding.EncodeToString(block.Bytes)
}

// TestSAMLGolden keeps what is rendered of a deployment with both, without keys.
func TestSAMLGolden(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)), bySAML("corp-saml", realm(1), "urn:corp-saml"), bySAML("adfs", "http://adfs.example.org/trust", "http://adfs.example.org/trust"))
	fed.Keystone.Dashboards = list("https://dashboard.example.org")
	in := samlInputs(t, fed, saml.Redirect, saml.SOAP)
	b := mustRender(t, fed, in)
	const issuer = "/etc/apache2/oidc/sso.example.org%2Frealms%2Fr1"
	for _, name := range []string{"/etc/apache2/sites-enabled/10-keystone_wsgi.conf", "/etc/keystone/keystone.conf.d/50-fedstone.conf", "/etc/apache2/saml2/adfs/sp.xml",
		issuer + ".client", issuer + ".conf", issuer + ".provider", "/etc/keystone/mappings/adfs.json", "/etc/openstack-dashboard/local_settings.d/_50_fedstone.py"} {
		f, ok := b.File(name)
		if !ok {
			t.Fatalf("%s is not rendered", name)
		}
		got := bytes.ReplaceAll(f.Content, []byte(inBase64(in.SAML["adfs"].Keys)), []byte("CERTIFICATE"))
		golden := filepath.Join("testdata", "golden", "debian-12-saml", filepath.FromSlash(name))
		if *update {
			write(t, golden, string(got))
		}
		if diff := cmp.Diff(read(t, golden), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	key, _ := b.File("/etc/apache2/saml2/adfs/sp.key")
	if !key.Secret || key.Mode != 0o640 || key.Group != "www-data" {
		t.Errorf("the key's file: secret %v, mode %o, group %s", key.Secret, key.Mode, key.Group)
	}
}

// TestSAMLWithoutIssuers: nothing of OpenID Connect is rendered where nobody speaks it.
func TestSAMLWithoutIssuers(t *testing.T) {
	fed := federation("debian-12", bySAML("adfs", "urn:adfs", "urn:adfs"))
	b := mustRender(t, fed, samlInputs(t, fed, saml.Redirect))
	vhost, _ := b.File("/etc/apache2/sites-enabled/10-keystone_wsgi.conf")
	if bytes.Contains(vhost.Content, []byte("OIDC")) && !bytes.Contains(vhost.Content, []byte("RequestHeader unset OIDC-")) || bytes.Contains(vhost.Content, []byte("redirect_uri")) {
		t.Errorf("the vhost speaks of OpenID Connect:\n%s", vhost.Content)
	}
}

func TestSAMLFindings(t *testing.T) {
	both := []string{saml.Redirect, saml.SOAP}
	cases := map[string]struct {
		bindings []string
		change   func(*spec.Federation, *templates.Inputs)
		want     []string
	}{
		"sound":          {both, nil, nil},
		"no ECP":         {[]string{saml.Redirect}, nil, []string{"warning saml-ecp"}},
		"no browser":     {[]string{saml.SOAP}, nil, []string{"error saml-metadata"}},
		"an old key":     {both, func(_ *spec.Federation, in *templates.Inputs) { in.Now = time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC) }, []string{"warning saml-expired"}},
		"out of date":    {both, func(_ *spec.Federation, in *templates.Inputs) { outdated(in) }, []string{"error saml-expired"}},
		"no key":         {both, func(_ *spec.Federation, in *templates.Inputs) { in.SAML["adfs"].IdP.Signing = nil }, []string{"error saml-metadata"}},
		"three hosts":    {both, func(f *spec.Federation, _ *templates.Inputs) { f.Controllers = make([]spec.Controller, 3) }, []string{"warning saml-sessions"}},
		"logout of both": {both, func(f *spec.Federation, _ *templates.Inputs) { f.Browser.Logout = text(spec.LogoutEverywhere) }, []string{"warning logout-issuer"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			fed := federation("debian-12", bySAML("adfs", "urn:adfs", "urn:adfs"))
			in := samlInputs(t, fed, c.bindings...)
			in.Now = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
			if c.change != nil {
				c.change(fed, &in)
			}
			_, findings, err := templates.Render(fed, in)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range findings {
				got = append(got, f.Severity.String()+" "+f.Slug)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%v", diff, findings)
			}
		})
	}
}

func outdated(in *templates.Inputs) { in.SAML["adfs"].IdP.ValidUntil = in.Now.AddDate(0, 0, -1) }

// TestKeysOfOneAnother: a key and the certificate of another are no service provider's.
func TestKeysOfOneAnother(t *testing.T) {
	fed := federation("debian-12", bySAML("a", "urn:a", "urn:a"), bySAML("b", "urn:b", "urn:b"))
	in := samlInputs(t, fed, saml.Redirect)
	mixed := in.SAML["a"]
	mixed.Keys.Key = in.SAML["b"].Keys.Key
	if mixed.Keys.Check() == nil || in.SAML["a"].Keys.Check() != nil {
		t.Error("Check does not tell keys apart")
	}
	in.SAML["a"] = mixed
	_, _, err := templates.Render(fed, in)
	if err == nil || strings.Contains(err.Error(), "PRIVATE") {
		t.Errorf("of a key of another it is said: %v", err)
	}
}
