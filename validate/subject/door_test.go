package subject_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/subject"
)

type door struct {
	Kind                  subject.DoorKind
	Prefix, IdP, Protocol string
}

// TestDoors: which paths of the federation a section names, by path or expression.
func TestDoors(t *testing.T) {
	cases := map[string]struct {
		section string
		want    []door
	}{
		"auth":            {`Location /v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth`, []door{{subject.Auth, "", "corp", "openid"}}},
		"auth, slash":     {`Location /v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth/`, []door{{subject.Auth, "", "corp", "openid"}}},
		"prefix":          {`Location /identity/v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth`, []door{{subject.Auth, "/identity", "corp", "openid"}}},
		"websso":          {`Location /v3/auth/OS-FEDERATION/identity_providers/corp/protocols/openid/websso`, []door{{subject.WebSSO, "", "corp", "openid"}}},
		"global":          {`Location /v3/auth/OS-FEDERATION/websso/openid`, []door{{subject.GlobalWebSSO, "", "", "openid"}}},
		"protocol auth":   {`Location /v3/auth/OS-FEDERATION/websso/auth`, []door{{subject.GlobalWebSSO, "", "", "auth"}}},
		"redirect":        {`Location /v3/redirect_uri`, []door{{Kind: subject.Callback}}},
		"expression":      {`LocationMatch ^/v3/OS-FEDERATION/identity_providers/.*?/protocols/openid/auth$`, []door{{subject.Auth, "", "", "openid"}}},
		"group":           {`LocationMatch "/v3/auth/OS-FEDERATION/identity_providers/([^/]+)/protocols/(openid|mapped)/websso"`, []door{{subject.WebSSO, "", "", "openid"}}},
		"escaped":         {`LocationMatch /v3/OS-FEDERATION/identity_providers/egi\.eu/protocols/openid/auth`, []door{{subject.Auth, "", "egi.eu", "openid"}}},
		"tilde":           {`Location ~ "/v3/auth/OS-FEDERATION/websso/openid"`, []door{{subject.GlobalWebSSO, "", "", "openid"}}},
		"wildcard":        {`Location /v3/OS-FEDERATION/identity_providers/*/protocols/openid/auth`, []door{{subject.Auth, "", "", "openid"}}},
		"auth elsewhere":  {`Location /v3/auth/OS-FEDERATION/identity_providers/corp/protocols/openid/auth`, nil},
		"websso in rest":  {`Location /v3/OS-FEDERATION/identity_providers/corp/protocols/openid/websso`, nil},
		"no provider":     {`Location /v3/OS-FEDERATION/identity_providers//protocols/openid/auth`, nil},
		"whole tree":      {`Location /v3/OS-FEDERATION`, nil},
		"nothing of ours": {`Location /dashboard`, nil},
		"everything":      {`Location /`, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, doorsOf(t, c.section)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func doorsOf(t *testing.T, section string) []door {
	t.Helper()
	path := filepath.Join(t.TempDir(), "site.conf")
	name, _, _ := strings.Cut(section, " ")
	text := "<VirtualHost *:5000>\nOIDCRedirectURI https://k.example.org/v3/redirect_uri\n<" + section + ">\n</" + name + ">\n</VirtualHost>\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	site, err := subject.Load(path, []string{path}, subject.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []door
	for _, d := range site.Doors() {
		out = append(out, door{d.Kind, d.Prefix, d.IdP, d.Protocol})
	}
	return out
}
