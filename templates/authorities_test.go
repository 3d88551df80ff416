package templates_test

import (
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

const keyBlock = "-----BEGIN PRIVATE KEY-----\nY2FuYXJ5\n-----END PRIVATE KEY-----\n"

// TestAuthoritiesOfPlatforms: on every platform the CAs lie beside the metadata, and
// httpd is told of them there.
func TestAuthoritiesOfPlatforms(t *testing.T) {
	bundle := read(t, optest.New(t).CAFile)
	for _, name := range platform.Names() {
		if name == "plain" {
			continue // its layout is the description's
		}
		t.Run(name, func(t *testing.T) {
			fed := federation(name, provider("corp", realm(1)))
			fed.HTTPD.CAFile = text("ca.pem")
			in := inputs(fed)
			in.CABundle = []byte("# the CA of corp\n" + bundle)
			p, _ := platform.ByName(name)
			place := path.Join(p.Layout.MetadataDir, "ca-bundle.pem")
			b := mustRender(t, fed, in)
			f, ok := b.File(place)
			if !ok || string(f.Content) != bundle || f.Mode != fs.FileMode(0o640) {
				t.Errorf("%s: %v %v", place, ok, f.Mode)
			}
			if vhost, _ := b.File(p.Layout.Vhost); !strings.Contains(string(vhost.Content), "OIDCCABundlePath "+place+"\n") {
				t.Errorf("httpd is not told of %s", place)
			}
			if err := b.Verify(); err != nil {
				t.Error(err)
			}
			if !deployed(t, fed, in, b) {
				t.Error("the platform's own tools are not told of the CAs")
			}
		})
	}
}

// deployed reports whether what the platform's tools get holds the CAs, where these do
// not take the whole tree.
func deployed(t *testing.T, fed *spec.Federation, in templates.Inputs, b *templates.Bundle) bool {
	t.Helper()
	if !strings.HasPrefix(fed.Platform.Value, "kolla") && fed.Platform.Value != "rhoso-18" && fed.Platform.Value != "openstack-helm" {
		return true
	}
	all, err := templates.Deployment(fed, in, []*templates.Bundle{b})
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(all.Files, func(f templates.File) bool {
		return path.Base(f.Path) == "ca-bundle.pem" || strings.Contains(string(f.Content), "ca-bundle.pem: ")
	})
}

// TestAuthoritiesRefuse: no private key is copied, and nothing that is no bundle.
func TestAuthoritiesRefuse(t *testing.T) {
	good := read(t, optest.New(t).CAFile)
	for bundle, want := range map[string]string{good + keyBlock: "a private key lies in the bundle", "": "the file holds no certificate", good[:60]: "the block has no END line"} {
		fed := federation("debian-12", provider("corp", realm(1)))
		fed.HTTPD.CAFile = text("ca.pem")
		in := inputs(fed)
		in.CABundle = []byte(bundle)
		_, _, err := templates.Render(fed, in)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "Y2Fu") {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestAuthoritiesTrusted: httpd's children read the rendered file, and trust the
// issuer by it alone.
func TestAuthoritiesTrusted(t *testing.T) {
	fed, in, servers := issuers(t, "corp")
	fed.HTTPD.CAFile = text("ca.pem")
	in.CABundle = []byte(read(t, servers["corp"].CAFile))
	s := start(t, renderSite(t, fed, in))
	resp, _ := s.ask(t, "POST", at(auth, "corp"), http.Header{"Authorization": {"Bearer " + servers["corp"].Sign(servers["corp"].AccessClaims("cli", "alice"))}})
	if resp.StatusCode != http.StatusCreated {
		t.Errorf("status %d, want 201", resp.StatusCode)
	}
}
