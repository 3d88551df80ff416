package spec

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const service = `version: 1
keystone: {url: https://iam.eu-de.otc.t-systems.com}
platform: otc-iam
identity_providers:
  corp:
    issuer: https://sso.example.org/realms/corp
    client: {id: cloud}
    rules: [{user: {name: "{preferred_username}"}}]
`

// TestService: a cloud's identity service has no httpd, and what would be passed over
// there is refused at its place.
func TestService(t *testing.T) {
	of := func(old, with string) string { return strings.Replace(service, old, with, 1) }
	idp := func(line string) string { return service + "    " + line + "\n" }
	cases := map[string]struct {
		text string
		want []string
	}{
		"good":           {service, nil},
		"console":        {idp("iam: {access_mode: program_console, response_mode: fragment}"), nil},
		"oidc, id":       {idp("protocol: oidc\n    bearer: {token: id}"), nil},
		"httpd":          {service + "httpd: {crypto_passphrase: {env: X}}\n", []string{"9:1 iam-key"}},
		"release":        {of("keystone: {", "keystone: {release: zed, "), []string{"2:12 iam-key"}},
		"audience":       {idp("bearer: {audience: x}"), []string{"9:14 iam-key"}},
		"domain":         {idp("domain: corp"), []string{"9:5 iam-key"}},
		"groups":         {idp("groups: {a: }"), []string{"9:5 iam-key"}},
		"register":       {idp("register: {by: keycloak, initial_access_token: {env: X}}"), []string{"9:5 iam-key"}},
		"secret":         {of("id: cloud", "id: cloud, secret: {env: X}"), []string{"7:25 iam-key"}},
		"openid":         {idp("protocol: openid"), []string{"9:15 protocol"}},
		"protocol saml":  {idp("protocol: saml"), []string{"9:15 protocol"}},
		"access token":   {idp("bearer: {token: access}"), []string{"9:21 iam-token"}},
		"short client":   {of("id: cloud", "id: abcd"), []string{"7:18 iam-limit"}},
		"long issuer":    {of("realms/corp", "realms/"+strings.Repeat("x", 240)), []string{"6:13 iam-limit", "6:13 issuer-too-long"}},
		"console scopes": {idp("scopes: [openid, groups]\n    iam: {access_mode: program_console}"), []string{"9:22 iam-scope"}},
		"other scopes":   {idp("scopes: [openid, groups]"), nil},
		"another target": {of("otc-iam", "debian-12") + "    iam: {access_mode: program}\n", []string{"1:1 missing-key", "7:14 missing-key", "9:10 iam-key"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, list := Load("f.yaml", []byte(c.text))
			if diff := cmp.Diff(c.want, told(list)); diff != "" {
				t.Errorf("%s\n%v", diff, list)
			}
		})
	}
}

func TestServiceDefaults(t *testing.T) {
	f, _ := Load("f.yaml", []byte(service))
	p := f.IdentityProviders[0]
	if !f.Service() || p.Protocol.Value != "oidc" || p.Bearer.Token.Value != "id" || p.IAM.AccessMode.Value != AccessByProgram {
		t.Errorf("service %v, protocol %s, token %s, access %s", f.Service(), p.Protocol, p.Bearer.Token, p.IAM.AccessMode)
	}
}
