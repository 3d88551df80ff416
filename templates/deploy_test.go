package templates_test

import (
	"archive/tar"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// onControllers is a description with controllers.
func onControllers(platform string, names ...string) *spec.Federation {
	fed := federation(platform, provider("corp", realm(1)), provider("lab", realm(2)))
	fed.Keystone.Dashboards = list("https://dashboard.example.org/dashboard")
	for i, name := range names {
		fed.Controllers = append(fed.Controllers, spec.Controller{Name: text(name), Address: text(fmt.Sprintf("10.0.0.%d", 11+i))})
	}
	return fed
}

// deploy renders every controller's tree, and what deploys them.
func deploy(t *testing.T, fed *spec.Federation) (*templates.Bundle, error) {
	t.Helper()
	var trees []*templates.Bundle
	names := []string{""}
	if len(fed.Controllers) > 0 {
		names = nil
	}
	for _, c := range fed.Controllers {
		names = append(names, c.Name.Value)
	}
	for _, name := range names {
		in := inputs(fed)
		in.Controller = name
		trees = append(trees, mustRender(t, fed, in))
	}
	b, err := templates.Deployment(fed, templates.Inputs{}, trees)
	if err == nil && b != nil {
		err = b.Verify()
	}
	return b, err
}

func mustDeploy(t *testing.T, fed *spec.Federation) *templates.Bundle {
	t.Helper()
	b, err := deploy(t, fed)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDeploymentFiles(t *testing.T) {
	fixed := []string{"/playbook.yml", "/tasks/answer.yml", "/tasks/change.yml", "/tasks/compare.yml", "/tasks/install.yml", "/tasks/prove.yml", "/tasks/restart.yml", "/tasks/rollback.yml"}
	controllers := append([]string{"/c0.tar", "/c1.tar", "/environment.yaml", "/haproxy.cfg", "/inventory.yml"}, fixed...)
	for _, c := range []struct {
		fed  *spec.Federation
		want []string
	}{
		{onControllers("debian-12"), nil},
		{onControllers("rhosp-17.1"), []string{"/environment.yaml", "/manifest.json"}},
		{onControllers("rhosp-17.1", "c0", "c1"), append(controllers, "/manifest.json")},
		{onControllers("rhoso-18"), []string{"/patch.yaml", "/secrets.yaml", "/manifest.json"}},
	} {
		var got []string
		if b := mustDeploy(t, c.fed); b != nil {
			for _, f := range b.Files {
				got = append(got, f.Path)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s with %d controllers (-want +got):\n%s", c.fed.Platform.Value, len(c.fed.Controllers), diff)
		}
	}
}

// TestSecretsStayWhereTheyBelong: of what deploys, only archives and Secrets hold
// what is secret, and both are closed to others.
func TestSecretsStayWhereTheyBelong(t *testing.T) {
	for _, fed := range []*spec.Federation{onControllers("rhosp-17.1", "c0"), onControllers("rhoso-18")} {
		for i := range fed.IdentityProviders {
			fed.IdentityProviders[i].Client.Secret = spec.Secret{Env: text("CLIENT")}
		}
		for _, f := range mustDeploy(t, fed).Files {
			secret := f.Path == "/c0.tar" || f.Path == "/secrets.yaml"
			if secret != f.Secret || secret && f.Mode != 0o600 {
				t.Errorf("%s: secret %v, mode %04o", f.Path, f.Secret, f.Mode)
			}
			for _, canary := range []string{"canary-of-client", base64.StdEncoding.EncodeToString([]byte("canary-of-client"))[:20]} {
				if !secret && bytes.Contains(f.Content, []byte(canary)) {
					t.Errorf("%s holds a secret", f.Path)
				}
			}
		}
	}
}

// TestArchive: names, modes and numeric owners on the host, and the tree's bytes.
func TestArchive(t *testing.T) {
	fed := onControllers("rhosp-17.1", "c0")
	f, _ := mustDeploy(t, fed).File("/c0.tar")
	in := inputs(fed)
	in.Controller = "c0"
	tree := mustRender(t, fed, in)
	got := map[string]string{}
	for r := tar.NewReader(bytes.NewReader(f.Content)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		content, err2 := io.ReadAll(r)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		got[h.Name] = fmt.Sprintf("%04o %d:%d", h.Mode, h.Uid, h.Gid)
		_, inside, _ := strings.Cut(h.Name, "/puppet-generated/keystone")
		if want, ok := tree.File(inside); ok && !bytes.Equal(want.Content, content) {
			t.Errorf("%s holds something else than the tree", h.Name)
		}
	}
	const keystone = "var/lib/config-data/puppet-generated/keystone"
	for name, want := range map[string]string{
		keystone + "/etc/httpd/oidc/":                                     "0750 0:48",
		keystone + "/etc/httpd/oidc/sso.example.org%2Frealms%2Fr1.client": "0640 0:48",
		keystone + "/etc/httpd/conf.d/10-keystone_wsgi.conf":              "0640 0:0",
		keystone + "/etc/keystone/keystone.conf.d/50-fedstone.conf":       "0640 0:42425",
		"var/lib/fedstone/clouds.yaml":                                    "0644 0:0",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}
