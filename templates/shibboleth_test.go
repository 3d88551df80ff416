package templates_test

import (
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// TestShibbolethGolden keeps what Shibboleth's SP changes: its own files, the paths in httpd, and Keystone's variable.
func TestShibbolethGolden(t *testing.T) {
	fed, _, list, err := spec.ReadFile(filepath.Join("testdata", "golden-shibboleth", "federation.yaml"), nil)
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	in := inputs(fed.OpenID())
	in.SAML = map[string]templates.SAMLInput{}
	for _, idp := range fed.SAML().IdentityProviders {
		if in.SAML[idp.ID.Value], err = templates.SAMLInputOf(idp.SAML.EntityID.Value); err != nil {
			t.Fatal(err)
		}
	}
	kept := []string{"/etc/shibboleth/shibboleth2.xml", "/etc/shibboleth/attribute-map.xml", "/etc/apache2/sites-enabled/10-keystone_wsgi.conf", "/etc/keystone/keystone.conf.d/50-fedstone.conf"}
	for _, f := range mustRender(t, fed, in).Files {
		if slices.Contains(kept, f.Path) {
			labtest.Golden(t, filepath.Join("testdata", "golden-shibboleth", path.Base(f.Path)), f.Content, *update)
		}
	}
}
