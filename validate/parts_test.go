package validate_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

// site reads files that a test writes.
func site(t *testing.T, files map[string]string) (string, validate.Result) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := subject.Load(dir, []string{dir}, subject.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return dir, validate.Run([]*subject.Site{s}, false)
}

func slugs(list finding.List) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.Slug)
	}
	return out
}

// TestPartsAreNamed: what is wrong with the main server of a part is told of a file
// that somebody has written.
func TestPartsAreNamed(t *testing.T) {
	dir, result := site(t, map[string]string{"oidc.conf": "WSGIScriptAlias / /usr/bin/keystone-wsgi-public\n" +
		"<Location /v3/auth/OS-FEDERATION/websso/openid>\nAuthType openid-connect\nRequire valid-user\n</Location>\n"})
	if !slices.Contains(slugs(result.Findings), "federation-paths-not-closed") {
		t.Fatalf("nothing about the main server: %v", slugs(result.Findings))
	}
	for _, f := range result.Findings {
		if f.At.Path != filepath.Join(dir, "oidc.conf") {
			t.Errorf("%s [%s] stands in no file that was given", f.At, f.Slug)
		}
	}
}

// TestPartsForElsewhere: a file for a container or another machine names folders which
// need not be on this one; those beside it have to be.
func TestPartsForElsewhere(t *testing.T) {
	_, result := site(t, map[string]string{"a.conf": "OIDCMetadataDir /etc/not-on-this-machine\n"})
	if slices.Contains(slugs(result.Findings), "named-folder-missing") {
		t.Error("a folder of another machine is missed")
	}
	dir, _ := site(t, nil)
	_, result = site(t, map[string]string{"a.conf": "OIDCMetadataDir " + filepath.Join(filepath.Dir(dir), "not-beside-it") + "\n"})
	if !slices.Contains(slugs(result.Findings), "named-folder-missing") {
		t.Error("a folder beside the file is not missed")
	}
}

// TestFoldersOfTools: a copy with a folder of a deployment tool alone is read.
func TestFoldersOfTools(t *testing.T) {
	_, result := site(t, map[string]string{
		"etc/kolla/keystone/keystone.conf":      "[auth]\nmethods = password\n",
		"etc/kolla/keystone/wsgi-keystone.conf": "Listen 5000\n",
	})
	if len(result.Files) != 2 {
		t.Errorf("read %v, want both files", result.Files)
	}
}

// TestRedirectPatternKeepsDoors: a section that the websso path shares with the
// redirect URI is not narrowed to the redirect URI.
func TestRedirectPatternKeepsDoors(t *testing.T) {
	const text = `OIDCProviderMetadataURL https://op1.example.org/.well-known/openid-configuration
OIDCClientID keystone
OIDCClientSecret "a secret of this example"
OIDCCryptoPassphrase "a passphrase of this vhost alone, long enough"
OIDCRedirectURI https://keystone.example.org:5000/v3/auth/OS-FEDERATION/websso/openid/redirect
WSGIScriptAlias / /usr/bin/keystone-wsgi-public
<Location ~ "/v3/auth/OS-FEDERATION/websso/openid">
    AuthType openid-connect
    Require valid-user
</Location>
`
	_, result := site(t, map[string]string{"a.conf": text})
	if slices.Contains(slugs(result.Findings), "redirect-uri-pattern") {
		t.Error("the websso path would lose its section")
	}
	_, result = site(t, map[string]string{"a.conf": strings.Replace(text, `~ "/v3/auth/OS-FEDERATION/websso/openid"`, `~ "/redirect"`, 1)})
	if !slices.Contains(slugs(result.Findings), "redirect-uri-pattern") {
		t.Error("a section of the redirect URI alone is not told")
	}
}

// TestPlaceholderOfTwoWords: httpd takes it for two passphrases; it is told once.
func TestPlaceholderOfTwoWords(t *testing.T) {
	_, result := site(t, map[string]string{"a.conf": "OIDCCryptoPassphrase <random string>\n"})
	if got := slugs(result.Findings); !slices.Equal(got, []string{"passphrase-published"}) {
		t.Errorf("found %v", got)
	}
}

// TestBearerHintIsWhole: the hint brings what verifies tokens, where nothing does.
func TestBearerHintIsWhole(t *testing.T) {
	for setting, want := range map[string]bool{"": true, "OIDCOAuthVerifyJwksUri https://op1.example.org/jwks\n": false} {
		_, result := site(t, map[string]string{"a.conf": setting +
			"<Location /v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth>\nAuthType openid-connect\nRequire claim iss:https://op1.example.org\n</Location>\n"})
		i := slices.Index(slugs(result.Findings), "auth-path-for-browsers-only")
		if i < 0 {
			t.Fatalf("found %v", slugs(result.Findings))
		}
		if got := strings.Contains(result.Findings[i].Hint, "OIDCOAuthVerifyJwksUri"); got != want {
			t.Errorf("with %q: %q", setting, result.Findings[i].Hint)
		}
	}
}
