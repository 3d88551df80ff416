package spec

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// besideOpenID is an identity provider that speaks SAML, behind that of minimal. It begins at line 13.
const besideOpenID = `  other:
    saml: {entity_id: "https://idp.example.org/saml", metadata: idp.xml}
    rules: [{user: {name: "{username}"}}]
`

func TestSAMLChecks(t *testing.T) {
	with := func(from, to string) string { return minimal + strings.Replace(besideOpenID, from, to, 1) }
	cases := map[string]struct {
		src  string
		want []string
	}{
		"beside OpenID Connect":         {with("", ""), nil},
		"mapped":                        {with("    saml:", "    protocol: mapped\n    saml:"), nil},
		"protocol of OpenID Connect":    {with("    saml:", "    protocol: openid\n    saml:"), []string{"14:15 protocol", "14:15 protocol"}},
		"one protocol for both":         {strings.Replace(with("    saml:", "    protocol: mapped\n    saml:"), "    client:", "    protocol: mapped\n    client:", 1), []string{"15:15 protocol"}},
		"an issuer beside saml":         {with("    saml:", "    issuer: https://idp.example.org\n    saml:"), []string{"14:13 saml-or-openid"}},
		"a secret beside saml":          {with("    saml:", "    client: {id: a, secret: hunter2hunter2}\n    saml:"), []string{"14:13 saml-or-openid", "14:29 literal-secret"}},
		"the issuer as entity id":       {with("https://idp.example.org/saml", "https://sso.example.org/realms/corp"), []string{"14:23 remote-id-twice"}},
		"the issuer, called another":    {with(`"https://idp.example.org/saml"`, `"https://sso.example.org/realms/corp", remote_id: "urn:other"`), nil},
		"an entity id that is no URI":   {with("https://idp.example.org/saml", "idp example"), []string{"14:23 entity-id"}},
		"an entity id for httpd":        {with("https://idp.example.org/saml", "https://idp.example.org/${A}"), []string{"14:23 template-syntax"}},
		"an entity id of 1025":          {with("https://idp.example.org/saml", "https://"+strings.Repeat("a", 1017)), []string{"14:23 entity-id", "14:23 remote-id-too-long"}},
		"an http entity id":             {with("https://idp.example.org/saml", "http://idp.example.org/saml"), nil},
		"metadata by http":              {with("idp.xml", "http://idp.example.org/idp.xml"), []string{"14:65 url"}},
		"metadata as an option":         {with("idp.xml", "-idp.xml"), []string{"14:65 bad-path"}},
		"by Shibboleth's SP":            {with("    saml: {", "    saml: {sp: shibboleth, "), nil},
		"by nobody's SP":                {with("    saml: {", "    saml: {sp: simplesaml, "), []string{"14:16 unknown-value"}},
		"Shibboleth's SP beside mellon": {with("    saml: {", "    saml: {sp: shibboleth, ") + strings.NewReplacer("other:", "third:", "/saml", "/third").Replace(besideOpenID), []string{"17:11 saml-sp"}},
		"Shibboleth's SP not on Debian": {strings.Replace(with("    saml: {", "    saml: {sp: shibboleth, "), "debian-12", "el9", 1), []string{"14:16 saml-sp"}},
		"a platform of containers":      {strings.Replace(with("", ""), "debian-12", "kolla-debian", 1), []string{"14:11 saml-platform"}},
		"the global path":               {with("", "") + "browser: {global_websso: other}\n", []string{"16:26 unknown-provider"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, list := Load("f.yaml", []byte(c.src))
			if diff := cmp.Diff(c.want, told(list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%v", diff, list)
			}
		})
	}
}

func TestSAMLDefaults(t *testing.T) {
	f, list := Load("federation.yaml", []byte(minimal+besideOpenID))
	if len(list) > 0 {
		t.Fatal(list)
	}
	saml := f.SAML().IdentityProviders[0]
	got := []string{saml.Protocol.Value, saml.RemoteID().Value, saml.SAML.Key.Value, saml.SAML.Certificate.Value, saml.Domain.Value, f.ServiceProvider(&saml)}
	want := []string{"saml2", "https://idp.example.org/saml", "saml/other.key", "saml/other.crt", "other", "https://keystone.example.org:5000/v3/OS-FEDERATION/saml2/other/metadata"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
	if openID := f.OpenID().IdentityProviders; len(openID) != 1 || openID[0].ID.Value != "corp" || openID[0].RemoteID().Value != "https://sso.example.org/realms/corp" {
		t.Errorf("the issuers are %v", openID)
	}
	if len(f.IdentityProviders) != 2 {
		t.Error("the deployment itself has lost an identity provider")
	}
}
