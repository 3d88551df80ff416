package examples_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// deployment is an example as this test starts it: on free ports, in a root of
// its own.
type deployment struct {
	controllers []string // "" is the one unnamed controller
	vhost       string
	ca          string // what the vhost names as its CA bundle, if not the system's
	idp         string // one of its identity providers
	tls         bool
	elsewhere   bool // a test of its own starts it: what is rendered is not all of the vhosts
	newer       bool // its module is newer than Debian 12's: started where it is, by make test-matrix
	bare        bool // httpd has the modules that Debian enables; what is rendered loads the others
}

var deployments = map[string]deployment{
	"two-keycloak-realms":          {controllers: []string{""}, vhost: "etc/apache2/sites-enabled/10-keystone_wsgi.conf", idp: "staff", tls: true},
	"entra-and-google":             {controllers: []string{""}, vhost: "etc/apache2/sites-enabled/10-keystone_wsgi.conf", idp: "google", tls: true},
	"logins":                       {controllers: []string{""}, vhost: "etc/apache2/sites-enabled/10-keystone_wsgi.conf", idp: "campus", tls: true},
	"el9":                          {controllers: []string{""}, vhost: "etc/httpd/conf.d/wsgi-keystone.conf", ca: "etc/pki/tls/certs/ca-bundle.crt", idp: "staff", tls: true},
	"rhoso-18":                     {elsewhere: true}, // TestPod
	"debian-11":                    {controllers: []string{""}, vhost: "etc/apache2/sites-enabled/10-keystone_wsgi.conf", idp: "staff", tls: true},
	"debian-13":                    {controllers: []string{""}, vhost: "etc/apache2/sites-enabled/10-keystone_wsgi.conf", idp: "staff", tls: true, newer: true},
	"kolla":                        {controllers: []string{"control01", "control02"}, vhost: "etc/httpd/conf.d/httpd-keystone.conf", ca: "etc/pki/tls/certs/ca-bundle.crt", idp: "staff"},
	"openstack-ansible":            {controllers: []string{""}, vhost: "etc/apache2/keystone-federation/vhost.conf", idp: "staff", bare: true},
	"openstack-helm":               {controllers: []string{""}, vhost: "etc/apache2/keystone-federation/vhost.conf", idp: "staff", bare: true},
	"plain":                        {controllers: []string{""}, vhost: "etc/keystone/federation/vhost.conf", idp: "staff", tls: true},
	"rhosp-17.1-three-controllers": {controllers: []string{"controller-0", "controller-1", "controller-2"}, vhost: "etc/httpd/conf.d/10-keystone_wsgi.conf", ca: "etc/pki/tls/certs/ca-bundle.crt", idp: "rhsso"},
}

// TestExamplesStart renders every example but the quickstart and saml (the lab runs
// those), has httpd check it and starts httpd with it. A request without a token
// must be refused by the issuer's own inner vhost.
func TestExamplesStart(t *testing.T) {
	bin := labtest.Binary(t)
	for name, d := range deployments {
		if d.elsewhere {
			continue
		}
		t.Run(name, func(t *testing.T) {
			dir := labtest.Example(t, name)
			public := onFreePorts(t, filepath.Join(dir, "federation.yaml"))
			for _, controller := range d.controllers {
				t.Run("controller "+controller, func(t *testing.T) { startExample(t, bin, dir, controller, public, d) })
			}
		})
	}
}

func TestEveryExampleIsTested(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, known := deployments[e.Name()]; e.IsDir() && !known && e.Name() != "quickstart" && e.Name() != "saml" && e.Name() != "mappings" && e.Name() != "monitoring" && e.Name() != "testdata" {
			t.Errorf("examples/%s is started by no test: add it to the table", e.Name())
		}
	}
}

// TestEveryExampleIsExplained: each folder has a README.md that names every secret file to be made.
func TestEveryExampleIsExplained(t *testing.T) {
	descriptions, err := filepath.Glob("*/federation.yaml")
	if err != nil || len(descriptions) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, file := range descriptions {
		text, err := os.ReadFile(file)
		page, missing := os.ReadFile(filepath.Join(filepath.Dir(file), "README.md"))
		if err := errors.Join(err, missing); err != nil {
			t.Error(err)
		}
		for _, m := range regexp.MustCompile(`file: (secrets/[a-z-]+)`).FindAllSubmatch(text, -1) {
			if !bytes.Contains(page, m[1]) {
				t.Errorf("%s needs %s, of which README.md says nothing", file, m[1])
			}
		}
	}
}

// onFreePorts gives the copied example ports that are free here, and returns the
// public one.
func onFreePorts(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	public, gate := labtest.FreePort(t), labtest.FreePort(t)
	moved := strings.NewReplacer(
		"keystone.example.org:5000", "keystone.example.org:"+public,
		`listen: "5000"`, `listen: "`+public+`"`,
		"10.0.0.11,", "127.0.0.1,", "10.0.0.12}", "127.0.0.1}", // beside a proxy, httpd listens on the controller's address
		"\nhttpd:\n", "\nhttpd:\n  gate_port: "+gate+"\n").Replace(string(text))
	if err := os.WriteFile(file, []byte(moved), 0o600); err != nil {
		t.Fatal(err)
	}
	return public
}

func startExample(t *testing.T, bin, dir, controller, public string, d deployment) {
	t.Helper()
	httpd, err := exec.LookPath("apache2")
	if err != nil {
		labtest.Require(t, "no apache2: "+err.Error())
	}
	root := filepath.Join(dir, "target", controller)
	args := []string{"render", "--offline", "-f", filepath.Join(dir, "federation.yaml"), "-o", root, "--prefix", root}
	if controller != "" {
		args = append(args, "--controller", controller)
	}
	if text, err := exec.Command(bin, args...).CombinedOutput(); err != nil {
		t.Fatalf("fedstone %s: %v\n%s", strings.Join(args, " "), err, text)
	}
	if d.newer {
		t.Skip("rendered; Debian 12's mod_auth_openidc is older than this example's: make test-matrix starts it in Debian 13")
	}
	conf := serverConfig(t, root, d)
	if text, err := exec.Command(httpd, "-t", "-f", conf).CombinedOutput(); err != nil {
		t.Fatalf("apache2 -t: %v\n%s", err, text)
	}
	serve(t, httpd, conf, filepath.Join(root, "error.log"))
	expectRefusal(t, public, d)
}

const server = `ServerRoot %[1]q
ServerName localhost
PidFile %[5]q
ErrorLog %[2]q
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
%[3]s
User www-data
Group www-data
Include %[4]q
`

// serverConfig writes the frame that a distribution's own httpd.conf is: modules
// and users around the rendered file.
func serverConfig(t *testing.T, root string, d deployment) string {
	t.Helper()
	certificates(t, root, d)
	conf := filepath.Join(root, "httpd.conf")
	text := frameWith(modulesFor(d), root, filepath.Join(root, d.vhost))
	for _, folder := range []string{"var/log/apache2", "var/log/httpd", "var/log/keystone", "var/log/kolla/keystone"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return conf
}

// frame loads what the vhost file needs, and includes it.
func frame(root, vhost string) string { return frameWith(modulesFor(deployment{}), root, vhost) }

// modulesFor are the modules that an example finds loaded.
func modulesFor(d deployment) []string {
	modules := []string{"alias", "authn_core", "authz_core", "authz_user", "env", "setenvif", "reqtimeout"}
	if d.bare {
		return modules
	}
	return append(modules, "auth_openidc", "headers", "proxy", "proxy_http", "proxy_uwsgi", "ssl", "socache_shmcb", "wsgi")
}

func frameWith(modules []string, root, vhost string) string {
	var load strings.Builder
	for _, m := range modules {
		file := "/usr/lib/apache2/modules/mod_" + m + ".so"
		if _, err := os.Stat(file); err == nil {
			fmt.Fprintf(&load, "LoadModule %s_module %s\n", m, file)
		}
	}
	return fmt.Sprintf(server, root, filepath.Join(root, "error.log"), load.String(), vhost, filepath.Join(root, "httpd.pid"))
}

// certificates puts a throwaway certificate where the example names one.
func certificates(t *testing.T, root string, d deployment) {
	t.Helper()
	cert, key := labtest.Certificate(t, "keystone.example.org")
	files := map[string][]byte{}
	if d.tls {
		files["etc/ssl/certs/keystone.pem"], files["etc/ssl/private/keystone.key"] = cert, key
		files["etc/pki/tls/certs/keystone.crt"], files["etc/pki/tls/private/keystone.key"] = cert, key
	}
	if d.ca != "" {
		files[d.ca] = cert
	}
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// serve runs httpd in the foreground until the test ends.
func serve(t *testing.T, httpd, conf, log string) {
	t.Helper()
	cmd := exec.Command(httpd, "-DFOREGROUND", "-f", conf)
	cmd.Env = append(os.Environ(), "APACHE_RUN_DIR="+filepath.Dir(conf), "APACHE_LOG_DIR="+filepath.Dir(conf))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	stop := func() { _ = cmd.Process.Signal(os.Interrupt); <-ended }
	t.Cleanup(func() {
		text, _ := os.ReadFile(log)
		stop()
		if t.Failed() {
			t.Logf("error log:\n%s", text)
		}
	})
}

// expectRefusal asks for a login without a token, until httpd answers.
func expectRefusal(t *testing.T, public string, d deployment) {
	t.Helper()
	scheme := map[bool]string{true: "https", false: "http"}[d.tls]
	address := scheme + "://127.0.0.1:" + public + "/v3/OS-FEDERATION/identity_providers/" + d.idp + "/protocols/openid/auth"
	answer := post(t, address)
	if answer.StatusCode != http.StatusUnauthorized || !strings.HasPrefix(answer.Header.Get("WWW-Authenticate"), "Bearer") {
		t.Errorf("POST without a token: got %s, WWW-Authenticate %q; want 401 with Bearer, from the inner vhost", answer.Status, answer.Header.Get("WWW-Authenticate"))
	}
}

func post(t *testing.T, address string) *http.Response {
	t.Helper()
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} // a throwaway certificate, no token
	var last error
	for range 100 {
		answer, err := client.Post(address, "", nil)
		if err == nil {
			_, _ = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
			return answer
		}
		last = err
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("httpd does not answer: %v", last)
	return nil
}
