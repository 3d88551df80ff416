package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

const joinedConf = `Listen 5000
<VirtualHost *:5000>
    ServerName https://keystone.example.org:5000
    OIDCProviderMetadataURL https://sso.example.org/.well-known/openid-configuration
    OIDCClientID keystone
    OIDCClientSecret s
    OIDCCryptoPassphrase p
    OIDCRedirectURI https://keystone.example.org:5000/v3/redirect_uri
    OIDCOAuthVerifyJwksUri https://sso.example.org/jwks
    WSGIScriptAlias / /usr/bin/keystone-wsgi-public
    <Location /v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth>
        AuthType openid-connect
        Require valid-user
    </Location>
</VirtualHost>
`

// What validate says joins the step that it is the cause of: first what the symptom
// names, then what else stands in a section that the path meets.
func TestFindingsJoinTheFailedStep(t *testing.T) {
	cases := map[string]struct {
		idp, symptom  string
		first, absent string // slugs
		note          string
	}{
		"the cause comes first":          {"corp", "browser-only", "auth-path-for-browsers-only", "passphrase-short", ""},
		"a path without a section":       {"partner", "path-uncovered", "", "auth-path-for-browsers-only", "no section of"},
		"elsewhere is not the path's":    {"corp", "same-user-twice", "", "passphrase-short", ""},
		"a symptom that nobody foretold": {"corp", "", "", "passphrase-short", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := joined(t, c.idp, c.symptom)
			switch notes := strings.Join(s.Notes, "\n"); {
			case c.first != "" && (len(s.Findings) == 0 || s.Findings[0].Slug != c.first):
				t.Errorf("first is not %s: %v", c.first, s.Findings)
			case has(s.Findings, c.absent):
				t.Errorf("%s joined: %v", c.absent, s.Findings)
			case !strings.Contains(notes, c.note):
				t.Errorf("notes %q, want %q", notes, c.note)
			case len(s.Findings) > mostJoined:
				t.Errorf("%d findings, want at most %d", len(s.Findings), mostJoined)
			}
		})
	}
}

func joined(t *testing.T, idp, symptom string) probe.Step {
	t.Helper()
	file := filepath.Join(t.TempDir(), "httpd.conf")
	if err := os.WriteFile(file, []byte(joinedConf), 0o600); err != nil {
		t.Fatal(err)
	}
	site, err := subject.Load(file, []string{file}, subject.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := &deployed{paths: []string{file}, site: site}
	fed := &spec.Federation{Keystone: spec.Keystone{URL: spec.Text{Value: "https://keystone.example.org:5000"}}}
	p := probe.Provider{ID: idp, Protocol: "openid", Steps: []probe.Step{{Name: "exchange", Verdict: probe.Fail, Symptom: symptom}}}
	list := validate.Run([]*subject.Site{site}, false).Findings
	if len(list) == 0 {
		t.Fatal("validate finds nothing: the case proves nothing")
	}
	d.provider(fed, &p, list)
	return p.Steps[0]
}

func has(list []finding.Finding, slug string) bool {
	for _, f := range list {
		if f.Slug == slug {
			return true
		}
	}
	return false
}
