package templates_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/platform"
)

// TestConfOfEachVersion: a member that a version of the module does not read is not
// written for it, since it would pass it over without a word. What the virtual
// host no longer says for a provider (from 2.4.16.7 on) is said in its own file.
func TestConfOfEachVersion(t *testing.T) {
	for _, version := range append(platform.Versions(), "2.4.10", "2.4.15.1", "2.4.16", "2.4.16.7") {
		t.Run(version, func(t *testing.T) {
			fed := federation("debian-12", provider("corp", realm(1)))
			p, _ := platform.ByName("debian-12")
			p.Module = version
			in := inputs(fed)
			in.Platform = &p
			f, ok := mustRender(t, fed, in).File("/etc/apache2/oidc/sso.example.org%2Frealms%2Fr1.conf")
			members := map[string]any{}
			if err := json.Unmarshal(f.Content, &members); !ok || err != nil {
				t.Fatal(ok, err)
			}
			for name := range members {
				if key, known := platform.ConfKeys()[name]; !known || !key.In(version) {
					t.Errorf("%s is written, which the module does not read", name)
				}
			}
			if _, says := members["response_require_iss"]; says != (platform.CompareVersions(version, "2.4.16") >= 0) || members["pkce_method"] != "S256" {
				t.Errorf("got %s", f.Content)
			}
		})
	}
}

// TestMetadataIsClosed: httpd reads the folder and its files, and writes neither.
func TestMetadataIsClosed(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)))
	b := mustRender(t, fed, inputs(fed))
	p, _ := platform.ByName("debian-12")
	for _, f := range b.Folders {
		if f.Path == p.Layout.MetadataDir && (f.Owner != "root" || f.Group != p.Layout.HTTPDGroup || f.Mode != 0o750) {
			t.Errorf("%s: %s:%s %04o", f.Path, f.Owner, f.Group, f.Mode)
		}
	}
	n := 0
	for _, f := range b.Files {
		if !strings.HasPrefix(f.Path, p.Layout.MetadataDir+"/") {
			continue
		}
		n++
		if f.Owner != "root" || f.Group != p.Layout.HTTPDGroup || f.Mode != 0o640 {
			t.Errorf("%s: %s:%s %04o", f.Path, f.Owner, f.Group, f.Mode)
		}
	}
	if n != 3 {
		t.Errorf("%d files, want 3", n)
	}
}
