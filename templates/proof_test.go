package templates_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/templates"
)

// TestNothingUnproven: a change of any file, of whatever kind, is noticed before
// it is put in place, compared or shown.
func TestNothingUnproven(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)))
	changes := map[templates.Kind][2]string{
		templates.HTTPD: {"Require all denied", "Require all granted"}, templates.Metadata: {"keystone", "keystona"},
		templates.Mappings: {"users", "admins"}, templates.Keystone: {"OIDC-iss", "HTTP_OIDC_ISS"}, templates.Horizon: {"openid", "mapped"},
		templates.Clouds: {"cli", "cla"}, "manifest": {"0640", "0644"},
	}
	for kind, change := range changes {
		t.Run(string(kind), func(t *testing.T) {
			b := mustRender(t, fed, inputs(fed))
			i := slices.IndexFunc(b.Files, func(f templates.File) bool { return f.Kind == kind && bytes.Contains(f.Content, []byte(change[0])) })
			b.Files[i].Content = bytes.Replace(b.Files[i].Content, []byte(change[0]), []byte(change[1]), 1)
			refused(t, b, b.Files[i].Path)
		})
	}
}

func TestNothingUnknown(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)))
	b := mustRender(t, fed, inputs(fed))
	b.Files = append(b.Files, templates.File{Path: "/etc/other", Content: []byte("x")})
	refused(t, b, "/etc/other")
}

// refused wants the same error of all that uses a bundle, and nothing on disk.
func refused(t *testing.T, b *templates.Bundle, path string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "new")
	_, written := templates.Write(context.Background(), b, dir, templates.WriteOptions{})
	_, checked := templates.Check(b, dir)
	_, shown := templates.Diff(b, dir)
	for what, err := range map[string]error{"Write": written, "Check": checked, "Diff": shown} {
		if err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want an error about %s", what, err, path)
		}
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
}

// TestProofOfDocuments: each member of a discovery document is compared.
func TestProofOfDocuments(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)))
	for name, change := range map[string][2]string{
		"a value":        {"/certs", "/other"},
		"a value inside": {"client_credentials", "password"},
		"another name":   {"jwks_uri", "jwks_url"},
		"a member more":  {"{", `{"registration_endpoint": "https://x.example",`},
		"a member less":  {`"authorization_response_iss_parameter_supported": true,`, ""},
		"no JSON":        {"}", ""},
		"an item less":   {`"authorization_code",`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := mustRender(t, fed, inputs(fed))
			i := slices.IndexFunc(b.Files, func(f templates.File) bool { return strings.HasSuffix(f.Path, ".provider") })
			changed := bytes.Replace(b.Files[i].Content, []byte(change[0]), []byte(change[1]), 1)
			if bytes.Equal(changed, b.Files[i].Content) {
				t.Fatalf("%q is not in\n%s", change[0], changed)
			}
			b.Files[i].Content = changed
			if b.Verify() == nil {
				t.Errorf("not noticed:\n%s", changed)
			}
		})
	}
}
