package examples_test

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/template"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// podMounts is the part of deploy/patch.yaml that says which files a pod gets.
type podMounts struct {
	Spec struct {
		Keystone struct {
			Template struct {
				HttpdCustomization struct {
					CustomConfigSecret string `yaml:"customConfigSecret"`
				} `yaml:"httpdCustomization"`
				ExtraMounts []struct {
					ExtraVol []struct {
						Volumes []podVolume `yaml:"volumes"`
						Mounts  []podMount  `yaml:"mounts"`
					} `yaml:"extraVol"`
				} `yaml:"extraMounts"`
			}
		}
	}
}

type podVolume struct {
	Name   string
	Secret struct {
		SecretName string `yaml:"secretName"`
		Items      []struct{ Key, Path string }
	}
}

type podMount struct {
	Name      string
	MountPath string `yaml:"mountPath"`
	SubPath   string `yaml:"subPath"`
}

// podHTTPD is the shape of the operator's httpd.conf: two vhosts on one port, the
// internal one first, at the end of each what the Secret holds for it.
const podHTTPD = `{{.Frame}}
Listen {{.Port}}
IncludeOptional {{.Root}}/etc/httpd/conf.d/*.conf
{{range $name := .Endpoints}}
<VirtualHost *:{{$.Port}}>
    ServerName keystone-{{$name}}.openstack.svc
    WSGIApplicationGroup %{GLOBAL}
    WSGIDaemonProcess {{$name}} processes=1 threads=1 user=keystone group=keystone
    WSGIProcessGroup {{$name}}
    WSGIScriptAlias / /usr/bin/keystone-wsgi-public
    Include {{$.Root}}/etc/httpd/conf/httpd_custom_{{$name}}_*
</VirtualHost>
{{end}}`

// TestPod lays out what is in the Secrets as the patch says, in the frame that the
// operator writes, and starts httpd with it.
func TestPod(t *testing.T) {
	httpd, err := exec.LookPath("apache2")
	if err != nil {
		labtest.Require(t, err.Error())
	}
	bin, dir := labtest.Binary(t), labtest.Example(t, "rhoso-18")
	onFreePorts(t, filepath.Join(dir, "federation.yaml"))
	root := filepath.Join(dir, "pod")
	cmd := exec.Command(bin, "render", "--offline", "-o", "out", "--prefix", root)
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("render: %v\n%s", err, text)
	}
	endpoints := []string{"internal", "public"}
	layPod(t, filepath.Join(dir, "out"), root, endpoints)

	port := labtest.FreePort(t)
	conf := podConfig(t, root, port, endpoints)
	if text, err := exec.Command(httpd, "-t", "-f", conf).CombinedOutput(); err != nil {
		t.Fatalf("apache2 -t: %v\n%s", err, text)
	}
	serve(t, httpd, conf, filepath.Join(root, "error.log"))
	expectRefusal(t, port, deployment{idp: "staff"})
}

// layPod does what the operator and Kubernetes do, and holds the outcome against
// the tree that was rendered beside it.
func layPod(t *testing.T, out, root string, endpoints []string) {
	t.Helper()
	secrets := readSecrets(t, filepath.Join(out, "deploy/secrets.yaml"))
	var patch podMounts
	readYAML(t, filepath.Join(out, "deploy/patch.yaml"), &patch)
	keystone := patch.Spec.Keystone.Template
	for key, text := range secrets[keystone.HttpdCustomization.CustomConfigSecret] {
		for _, endpoint := range endpoints {
			write(t, filepath.Join(root, "etc/httpd/conf/httpd_custom_"+endpoint+"_"+key), asGoTemplate(t, text), 0o640)
		}
	}
	for _, extra := range keystone.ExtraMounts {
		for _, v := range extra.ExtraVol {
			for _, m := range v.Mounts {
				mount(t, root, secrets, v.Volumes, m)
			}
		}
	}
	for _, name := range []string{"etc/httpd/conf/httpd_custom_public_fedstone.conf", "etc/httpd/conf.d/50-fedstone.conf", "etc/httpd/oidc/sso.example.org%2Frealms%2Fstaff.client"} {
		expectSame(t, filepath.Join(out, name), filepath.Join(root, name))
	}
}

func mount(t *testing.T, root string, secrets map[string]map[string]string, volumes []podVolume, m podMount) {
	t.Helper()
	for _, v := range volumes {
		if v.Name != m.Name {
			continue
		}
		for _, item := range v.Secret.Items {
			target := filepath.Join(root, m.MountPath, item.Path)
			if m.SubPath == item.Path {
				target = filepath.Join(root, m.MountPath)
			}
			write(t, target, secrets[v.Secret.SecretName][item.Key], 0o440)
		}
	}
}

// asGoTemplate runs a snippet through Go's templates, as the operator does.
func asGoTemplate(t *testing.T, text string) string {
	t.Helper()
	tmpl, err := template.New("").Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readSecrets gives each Secret's data by name and key, and sees that the file is
// closed to others.
func readSecrets(t *testing.T, path string) map[string]map[string]string {
	t.Helper()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s: %v, %v; want mode 0600", path, info.Mode(), err)
	}
	var list struct {
		Items []struct {
			Metadata struct{ Name string }
			Data     map[string]string
		}
	}
	readYAML(t, path, &list)
	out := map[string]map[string]string{}
	for _, s := range list.Items {
		out[s.Metadata.Name] = map[string]string{}
		for key, text := range s.Data {
			plain, err := base64.StdEncoding.DecodeString(text)
			if err != nil {
				t.Fatal(err)
			}
			out[s.Metadata.Name][key] = string(plain)
		}
	}
	return out
}

func readYAML(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func podConfig(t *testing.T, root, port string, endpoints []string) string {
	t.Helper()
	cert, _ := labtest.Certificate(t, "keystone.example.org")
	write(t, filepath.Join(root, "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"), string(cert), 0o644)
	frame, _, _ := strings.Cut(frame(root, ""), "\nInclude ")
	var b strings.Builder
	data := map[string]any{"Frame": frame, "Root": root, "Port": port, "Endpoints": endpoints}
	if err := template.Must(template.New("").Parse(podHTTPD)).Execute(&b, data); err != nil {
		t.Fatal(err)
	}
	conf := filepath.Join(root, "httpd.conf")
	write(t, conf, b.String(), 0o644)
	return conf
}
