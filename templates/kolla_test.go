package templates_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// TestKollaTemplates: nothing that kolla-ansible runs through Jinja2 begins a template.
// A secret in JSON stays what it is; elsewhere such a value is refused.
func TestKollaTemplates(t *testing.T) {
	fed := federation("kolla", provider("corp", realm(1)))
	in := inputs(fed)
	in.Secrets = func(s spec.Secret) (secret.Value, error) { return secret.New("a{{b}}{%c%}{#d#}{{{"), nil }
	tree := mustRender(t, fed, in)
	b, err := templates.Deployment(fed, templates.Inputs{}, []*templates.Bundle{tree})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Verify(); err != nil {
		t.Error(err)
	}
	for _, f := range b.Files {
		for _, begin := range []string{"{{", "{%", "{#"} {
			if strings.Contains(string(f.Content), begin) {
				t.Errorf("%s holds %s", f.Path, begin)
			}
		}
		if f.Secret && f.Mode != 0o600 {
			t.Errorf("%s: mode %o", f.Path, f.Mode)
		}
	}
	fed.HTTPD.CABundle = text("/etc/{{ lookup('pipe', 'id') }}")
	tree = mustRender(t, fed, in)
	if _, err := templates.Deployment(fed, templates.Inputs{}, []*templates.Bundle{tree}); err == nil || !strings.Contains(err.Error(), "httpd-keystone.conf") {
		t.Errorf("a path that is a template: %v", err)
	}
}

// TestKollaDashboards: kolla's Horizon gets the settings of the first dashboard; those of
// another stay in the tree, for the host that it runs on.
func TestKollaDashboards(t *testing.T) {
	fed := federation("kolla", provider("corp", realm(1)))
	fed.Keystone.Dashboards = list("https://dashboard.example.org", "https://second.example.org")
	tree := mustRender(t, fed, inputs(fed))
	b, err := templates.Deployment(fed, templates.Inputs{}, []*templates.Bundle{tree})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := platform.ByName("kolla")
	want, ok1 := tree.File(p.Layout.Horizon)
	got, ok2 := b.File("/etc/kolla/config/horizon/_9999-custom-settings.py")
	if !ok1 || !ok2 || string(got.Content) != string(want.Content) {
		t.Errorf("settings of kolla's Horizon (in the tree %v, deployed %v):\n%s", ok1, ok2, got.Content)
	}
}
