package templates_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestToolsOwnLanguages: text that Ansible, hiera or a Go template would replace is
// refused where it could stand, or does not come there.
func TestToolsOwnLanguages(t *testing.T) {
	hiera := onControllers("rhosp-17.1", "c0")
	hiera.IdentityProviders[0].DisplayName = text("%{hiera('mysql_root_password')}")
	jinja := onControllers("rhosp-17.1", "c0")
	jinja.Controllers[0].Address = text("{{ lookup('pipe', 'id') }}")
	haproxy := onControllers("rhosp-17.1", "c0")
	haproxy.Controllers[0].Address = text("10.0.0.1:5000 check\n server evil 10.9.9.9")
	operator := onControllers("rhoso-18")
	operator.IdentityProviders[0].Bearer.Audience = text("{{ .DatabaseConnection }}")
	for name, fed := range map[string]*spec.Federation{"hiera": hiera, "jinja": jinja, "haproxy": haproxy} {
		if _, err := deploy(t, fed); err == nil {
			t.Errorf("%s: rendered", name)
		}
	}
	for _, f := range mustDeploy(t, operator).Files {
		if f.Path == "/patch.yaml" && bytes.Contains(f.Content, []byte("{{")) {
			t.Error("the operator would replace what stands in the patch")
		}
	}
}

// TestHAProxy has haproxy itself check the lines, with and without stickiness.
func TestHAProxy(t *testing.T) {
	program, err := exec.LookPath("haproxy")
	if err != nil {
		labtest.Require(t, "no haproxy: apt-get install --no-install-recommends haproxy")
	}
	shared := onControllers("rhosp-17.1", "c0", "c1")
	shared.HTTPD.Cache = spec.Cache{Type: text("memcache"), Servers: list("10.0.0.11:11211")}
	for name, c := range map[string]struct {
		fed    *spec.Federation
		sticky bool
	}{"shared": {shared, false}, "own": {onControllers("rhosp-17.1", "c0", "c1"), true}} {
		f, _ := mustDeploy(t, c.fed).File("/haproxy.cfg")
		if got := strings.Contains(string(f.Content), "cookie KEYSTONESESSION insert"); got != c.sticky {
			t.Errorf("%s: sticky is %v, want %v", name, got, c.sticky)
		}
		path := filepath.Join(t.TempDir(), "haproxy.cfg")
		const frontend = "\n\nfrontend keystone\n    mode http\n    timeout client 1m\n    bind 127.0.0.1:1\n    default_backend fedstone_keystone\n"
		write(t, path, string(f.Content)+frontend)
		if out, err := exec.Command(program, "-c", "-f", path).CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
			t.Errorf("%s: haproxy -c: %v\n%s", name, err, out)
		}
	}
}

// TestPatchFields holds the patch against the fields of the operators' API, written
// down from their sources (testdata/rhoso-18/fields.yaml).
func TestPatchFields(t *testing.T) {
	f, _ := mustDeploy(t, onControllers("rhoso-18")).File("/patch.yaml")
	var got, known any
	for text, into := range map[string]*any{string(f.Content): &got, read(t, "testdata/rhoso-18/fields.yaml"): &known} {
		if err := yaml.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	for _, problem := range fieldsOf("", known, got) {
		t.Error(problem)
	}
}

// fieldsOf lists what value has and known has not, or with another type. A list's
// items are all like its one example.
func fieldsOf(at string, known, value any) []string {
	var out []string
	switch v := value.(type) {
	case map[string]any:
		k, ok := known.(map[string]any)
		if !ok {
			return []string{at + " is no object"}
		}
		for name, inner := range v {
			if _, ok := k[name]; !ok {
				out = append(out, at+"."+name+" is not known")
				continue
			}
			out = append(out, fieldsOf(at+"."+name, k[name], inner)...)
		}
	case []any:
		k, ok := known.([]any)
		if !ok {
			return []string{at + " is no list"}
		}
		for _, inner := range v {
			out = append(out, fieldsOf(at+"[]", k[0], inner)...)
		}
	default:
		if want, got := known, fmt.Sprintf("%T", v); want != got {
			out = append(out, fmt.Sprintf("%s is a %s, want %v", at, got, want))
		}
	}
	return out
}
