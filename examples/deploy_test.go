package examples_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// deployed is an example that was rendered for the folder root, which a platform's own
// tools are to fill.
type deployed struct {
	out, root, public string
	example           deployment
}

func render(t *testing.T, bin, name string) deployed {
	t.Helper()
	dir := labtest.Example(t, name)
	d := deployed{out: filepath.Join(dir, "out"), root: filepath.Join(dir, "target"), example: deployments[name]}
	d.public = onFreePorts(t, filepath.Join(dir, "federation.yaml"))
	command(t, bin, "render", "--offline", "-f", filepath.Join(dir, "federation.yaml"), "-o", d.out, "--prefix", d.root)
	return d
}

// serves starts httpd with a file of the target and expects the refusal of an inner vhost.
func (d deployed) serves(t *testing.T, vhost string) {
	t.Helper()
	httpd, _ := labtest.Httpd(t)
	d.example.vhost = vhost
	conf := serverConfig(t, d.root, d.example)
	text, err := os.ReadFile(conf)
	if err != nil {
		t.Fatal(err)
	}
	from, to := fmt.Sprintf("ServerRoot %q", d.root), fmt.Sprintf("ServerRoot %q", filepath.Join(d.root, "etc/apache2"))
	write(t, conf, strings.Replace(string(text), from, to, 1), 0o644)
	if err := os.MkdirAll(filepath.Join(d.root, "etc/apache2"), 0o755); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(httpd, "-t", "-f", conf).CombinedOutput(); err != nil {
		t.Fatalf("apache2 -t: %v\n%s", err, said)
	}
	serve(t, httpd, conf, filepath.Join(d.root, "error.log"))
	expectRefusal(t, d.public, d.example)
}

// playbook runs the real ansible-playbook on this machine.
func playbook(t *testing.T, args ...string) string {
	t.Helper()
	program, err := exec.LookPath("ansible-playbook")
	if err != nil {
		labtest.Require(t, "no ansible-playbook here; install ansible")
	}
	cmd := exec.Command(program, append([]string{"-c", "local"}, args...)...)
	cmd.Env = append(os.Environ(), "ANSIBLE_NOCOLOR=1", "LC_ALL=C.UTF-8", "ANSIBLE_PYTHON_INTERPRETER=auto_silent")
	return output(t, cmd)
}

func sameFile(t *testing.T, want, got string) {
	t.Helper()
	a, err1 := os.ReadFile(want)
	b, err2 := os.ReadFile(got)
	if err1 != nil || err2 != nil || !bytes.Equal(a, b) {
		t.Errorf("%s and %s differ: %v, %v", want, got, err1, err2)
	}
}

// TestDeployments brings what is rendered for a platform's own tools to its place, with
// those tools where they run here.
func TestDeployments(t *testing.T) {
	bin := labtest.Binary(t)
	t.Run("kolla", func(t *testing.T) { kollaRole(t, render(t, bin, "kolla")) })
	t.Run("openstack-ansible", func(t *testing.T) { openStackAnsible(t, render(t, bin, "openstack-ansible")) })
	t.Run("openstack-helm", func(t *testing.T) { openStackHelm(t, render(t, bin, "openstack-helm")) })
}

// kollaRole: what kolla-ansible's role makes of the rendered files with the real
// Jinja2 is what was rendered for the controller, and httpd serves it.
func kollaRole(t *testing.T, d deployed) {
	t.Helper()
	for _, folder := range []string{"etc/httpd/conf.d", "etc/httpd/metadata"} {
		if err := os.MkdirAll(filepath.Join(d.root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	playbook(t, "-i", "control01,", "testdata/kolla-role.yml", "-e", "deploy="+filepath.Join(d.out, "deploy"), "-e", "container="+d.root)
	tree := filepath.Join(d.out, "control01")
	sameFile(t, filepath.Join(tree, "etc/httpd/conf.d/httpd-keystone.conf"), filepath.Join(d.root, "etc/httpd/conf.d/httpd-keystone.conf"))
	files, _ := filepath.Glob(filepath.Join(tree, "etc/httpd/metadata/*"))
	if len(files) != 6 {
		t.Errorf("%d metadata files, want 6", len(files))
	}
	for _, f := range files {
		sameFile(t, f, filepath.Join(d.root, "etc/httpd/metadata", filepath.Base(f)))
	}
	var rules []any
	text, err := os.ReadFile(filepath.Join(d.root, "staff.json"))
	if err != nil || json.Unmarshal(text, &rules) != nil || len(rules) != 2 {
		t.Errorf("the mapping is no list of two rules: %v\n%s", err, text)
	}
	d.serves(t, "etc/httpd/conf.d/httpd-keystone.conf")
}

// openStackAnsible: the real ansible-playbook brings the files, a second run changes
// nothing, and httpd serves them by the file that the role puts in its vhost's place.
func openStackAnsible(t *testing.T, d deployed) {
	t.Helper()
	deploy := filepath.Join(d.out, "deploy")
	inventory := filepath.Join(t.TempDir(), "inventory")
	write(t, inventory, "[keystone_all]\naio1\n", 0o644)
	args := []string{"-i", inventory, filepath.Join(deploy, "keystone-federation.yml"), "-e", "tree=" + d.out, "-e", "fedstone_root=" + d.root, "-e", "ansible_become=false"}
	if err := os.MkdirAll(filepath.Join(d.root, "etc/apache2"), 0o755); err != nil {
		t.Fatal(err)
	}
	playbook(t, args...)
	left := filepath.Join(d.root, "etc/apache2/keystone-federation/oidc/gone.example.org.client")
	write(t, left, "{}", 0o600)
	if said := playbook(t, args...); !strings.Contains(said, "changed=1 ") {
		t.Errorf("a left file is not the only change:\n%s", said)
	}
	if said := playbook(t, args...); !strings.Contains(said, "changed=0 ") {
		t.Errorf("a further run changes something:\n%s", said)
	}
	var variables struct {
		Configs []struct{ Src, Dest string } `yaml:"keystone_apache_configs"`
	}
	readYAML(t, filepath.Join(deploy, "etc/openstack_deploy/user_variables_fedstone.yml"), &variables)
	site := variables.Configs[1]
	text, err := os.ReadFile(filepath.Join(deploy, site.Src))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Join(d.root, site.Dest)), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(d.root, site.Dest), string(text), 0o644)
	d.serves(t, site.Dest)
}

// openStackHelm: what the chart mounts and includes is what httpd serves; no secret
// is in the values.
func openStackHelm(t *testing.T, d deployed) {
	t.Helper()
	deploy := filepath.Join(d.out, "deploy")
	var secret struct{ Data map[string]string }
	readYAML(t, filepath.Join(deploy, "keystone-federation-secret.yaml"), &secret)
	var values struct {
		Conf struct {
			Vhost string `yaml:"wsgi_keystone"`
		}
		Pod struct {
			Mounts struct {
				API struct {
					API struct {
						Places []struct {
							Path string `yaml:"mountPath"`
						} `yaml:"volumeMounts"`
						Volumes []struct {
							Secret struct{ Items []struct{ Key, Path string } }
						}
					} `yaml:"keystone_api"`
				} `yaml:"keystone_api"`
			}
		}
	}
	readYAML(t, filepath.Join(deploy, "keystone-values.yaml"), &values)
	api := values.Pod.Mounts.API.API
	for _, item := range api.Volumes[0].Secret.Items {
		text, err := base64.StdEncoding.DecodeString(secret.Data[item.Key])
		if err != nil || len(text) == 0 {
			t.Fatalf("%s: %d bytes, %v", item.Key, len(text), err)
		}
		to := filepath.Join(api.Places[0].Path, item.Path)
		if err := os.MkdirAll(filepath.Dir(filepath.Join(d.root, to)), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(d.root, to), string(text), 0o644)
		sameFile(t, filepath.Join(d.out, to), filepath.Join(d.root, to))
	}
	if len(api.Volumes[0].Secret.Items) != len(secret.Data) || len(secret.Data) != 4 {
		t.Errorf("%d items of %d keys, want 4", len(api.Volumes[0].Secret.Items), len(secret.Data))
	}
	const site = "/etc/apache2/conf-enabled/wsgi-keystone.conf" // conf.software.apache2.conf_dir of the chart
	if err := os.MkdirAll(filepath.Dir(filepath.Join(d.root, site)), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(d.root, site), values.Conf.Vhost, 0o644)
	noSecrets(t, filepath.Join(d.out, ".."), filepath.Join(deploy, "keystone-values.yaml"), filepath.Join(deploy, "horizon-values.yaml"))
	d.serves(t, site)
}

// noSecrets looks for the example's secrets in files that everybody may read.
func noSecrets(t *testing.T, dir string, files ...string) {
	t.Helper()
	secrets, _ := filepath.Glob(filepath.Join(dir, "secrets", "*"))
	if len(secrets) == 0 {
		t.Error("the example has no secrets")
	}
	for _, s := range secrets {
		value, err := os.ReadFile(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if text, err := os.ReadFile(f); err != nil || bytes.Contains(text, bytes.TrimSpace(value)) {
				t.Errorf("%s holds %s, or cannot be read: %v", f, filepath.Base(s), err)
			}
		}
	}
}
