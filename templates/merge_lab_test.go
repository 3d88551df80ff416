package templates_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// cannotRun are the base files that are merged and read by httpd, and not served from, with
// the reason.
func cannotRun() map[string]string {
	return map[string]string{
		"kolla-uwsgi.conf":             "its Keystone is a uwsgi, which the lab does not run",
		"openstack-ansible-uwsgi.conf": "its Keystone is a uwsgi, which the lab does not run",
	}
}

// TestMergedFilesRun: httpd starts with each base after the merge, and Keystone behind it
// takes passwords as before, tokens at the path of their own issuer, and nothing else.
// One base of each kind is served from; with FEDSTONE_DEEP=1 all are.
func TestMergedFilesRun(t *testing.T) {
	d := labtest.Quickstart(t)
	v := caller{client: labtest.Trusting(t, d.Lab), d: d, admin: labtest.Secret(t, d.Lab, "admin"), own: "campus", other: "nobody"}
	for _, issuer := range d.Lab.Issuers {
		if issuer.Name != v.own {
			v.other = issuer.Name
		}
	}
	v.client.Timeout = 3 * time.Minute
	atOnce := make(chan struct{}, 2) // each has Keystone in two processes
	for _, name := range sortedNames(listens()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atOnce <- struct{}{}
			defer func() { <-atOnce }()
			m := mergeOnLab(t, d, name)
			if out, err := exec.Command(m.httpd, "-t", "-f", m.conf).CombinedOutput(); err != nil {
				t.Fatalf("httpd -t: %v\n%s", err, out)
			}
			if reason := cannotRun()[name]; reason != "" {
				t.Log("not served from: " + reason)
				return
			}
			if os.Getenv("FEDSTONE_DEEP") != "1" && !slices.Contains(oneOfEachKind, name) {
				return
			}
			m.serve(t)
			v.visit(t, m.public)
		})
	}
}

var oneOfEachKind = []string{"puppet-rhosp-17.conf", "kolla-venv.conf", "openstack-ansible-wsgi.conf", "openstack-helm.conf",
	"debian-several-sites.conf", "charm-keystone.conf", "by-hand-crlf.conf"}

func sortedNames(of map[string]string) []string {
	var names []string
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// mergedSite is a base file on the lab's machine, with our pieces in it.
type mergedSite struct {
	dir, conf, httpd, public string
	environ                  []string
}

// mergeOnLab moves a base file to ports and folders of this machine, and merges with the
// command line.
func mergeOnLab(t *testing.T, d labtest.Deployment, name string) mergedSite {
	t.Helper()
	httpd, _ := labtest.Httpd(t)
	dir, err := os.MkdirTemp("", "fedstone-merge-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	openFor(t, dir)
	m := mergedSite{dir: dir, conf: filepath.Join(dir, "httpd.conf"), httpd: httpd}
	port := labtest.FreePort(t)
	text := m.moved(t, d, name, port)
	m.public = "http://localhost:" + port
	if strings.Contains(text, "SSLEngine on") {
		m.public = "https://localhost:" + port
	}
	base, file := filepath.Join(dir, "base.conf"), filepath.Join(dir, "federation.yaml")
	write(t, base, text)
	write(t, file, description(t, d, port))
	d.File = file
	d.Run(t, "render", "--base", base, "-o", dir, "--prefix", dir)
	ca := filepath.Join(dir, "etc/ssl/fedstone/ca.pem")
	write(t, ca, read(t, d.Lab.CAFile))
	if err := os.MkdirAll(filepath.Join(dir, "var/log/apache2"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, m.conf, m.frame(t, text, port))
	fragments, _ := filepath.Glob(filepath.Join(d.Lab.Root, "etc/keystone/keystone.conf.d/*.conf"))
	files := append([]string{filepath.Join(d.Lab.Root, "etc/keystone/keystone.conf")}, fragments...)
	m.environ = append(os.Environ(), "OS_KEYSTONE_CONFIG_FILES="+strings.Join(files, ";"))
	return m
}

// description is the deployment's, merging, on ports of its own.
func description(t *testing.T, d labtest.Deployment, port string) string {
	t.Helper()
	text := read(t, d.File)
	text = regexp.MustCompile(`(?m)^  tls: .*\n`).ReplaceAllString(text, "")
	return regexp.MustCompile(`(?m)^  gate_port: .*$`).ReplaceAllString(text,
		fmt.Sprintf("  layout: merge\n  listen: \"127.0.0.1:%s\"\n  gate_port: %s", port, labtest.FreePort(t)))
}

// moved writes what another machine has as this one has it: addresses, programs, users.
func (m mergedSite) moved(t *testing.T, d labtest.Deployment, name, port string) string {
	t.Helper()
	replace := []string{
		"172.17.0.23:5000", "127.0.0.1:" + port, "10.0.0.11:5000", "127.0.0.1:" + port, "0.0.0.0:5000", "127.0.0.1:" + port, ":5000", ":" + port, ":4990", ":" + port,
		"isten 4990", "isten 127.0.0.1:" + port, "isten 5000", "isten 127.0.0.1:" + port, "ISTEN 5000", "ISTEN 127.0.0.1:" + port,
		"10.0.0.11:35357", "127.0.0.1:" + labtest.FreePort(t), "35357", labtest.FreePort(t), "35347", labtest.FreePort(t), "8080", labtest.FreePort(t),
		"user=stack", "user=keystone group=keystone", "group=nogroup", "group=keystone", "keystone.example.org", "localhost",
	}
	text := strings.NewReplacer(replace...).Replace(string(baseFile(t, name)))
	for _, r := range [][2]string{
		{`"?/[a-z0-9/.-]*/keystone(-wsgi-(public|admin)|/keystone|/main)"?(\s)`, "/usr/bin/keystone-wsgi-public$3"},
		{`/var/www/cgi-bin/keystone|/var/lib/kolla/venv/bin|/opt/stack/data/venv/bin`, "/usr/bin"},
		{`"?/(var/log/[a-z0-9/]*|dev)/([a-z_-]+(\.log)?)"?`, m.dir + "/$2"},
		{`/etc/ssl/private/keystone\.key`, d.Lab.KeyFile},
		{`/etc/keystone/certs/keystone-key\.pem`, d.Lab.KeyFile},
		{`/etc/(keystone/certs/keystone-cert|ssl/certs/keystone)\.pem`, d.Lab.CertFile},
		{`processes=[2-9]`, "processes=1"},
	} {
		text = regexp.MustCompile(r[0]).ReplaceAllString(text, r[1])
	}
	return text
}

// frame is the main file around a site. Where the base does not listen, it does.
func (m mergedSite) frame(t *testing.T, base, port string) string {
	t.Helper()
	listen := ""
	if !regexp.MustCompile(`(?mi)^\s*listen\s+(\S*:)?` + port).MatchString(base) {
		listen = "Listen 127.0.0.1:" + port + "\n"
	}
	more := "LoadModule access_compat_module MODS/mod_access_compat.so\nLoadModule alias_module MODS/mod_alias.so\nLoadModule authz_host_module MODS/mod_authz_host.so\n" +
		"LoadModule rewrite_module MODS/mod_rewrite.so\nLoadModule setenvif_module MODS/mod_setenvif.so\nLoadModule proxy_uwsgi_module MODS/mod_proxy_uwsgi.so\nLoadModule env_module MODS/mod_env.so\n"
	_, folder := labtest.Httpd(t)
	vhost := filepath.Join(m.dir, "base.conf") // merged where it lies
	return fmt.Sprintf(frame, m.dir, modules(t)+strings.ReplaceAll(more, "MODS", folder)+"LogFormat \"%h %>s\" combined\n"+listen, vhost)
}

func (m mergedSite) serve(t *testing.T) {
	t.Helper()
	cmd := exec.Command(m.httpd, "-DFOREGROUND", "-f", m.conf)
	cmd.Env = m.environ
	host := m.public[strings.Index(m.public, "//")+2:]
	run(t, cmd, site{public: "http://" + strings.Replace(host, "localhost", "127.0.0.1", 1), log: filepath.Join(m.dir, "error.log")})
}

// caller asks a Keystone what everybody asks.
type caller struct {
	client     *http.Client
	d          labtest.Deployment
	admin      string // the administrator's password
	own, other string // identity providers: that of the token, and another one
}

func (v caller) visit(t *testing.T, public string) {
	t.Helper()
	const password = `{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"admin","domain":{"id":"default"},"password":%q}}}}}`
	bearer := http.Header{"Authorization": {"Bearer " + labtest.BearerToken(t, v.d.Lab, v.own)}}
	forged := http.Header{}
	for _, name := range []string{"OIDC-iss", "OIDC-sub", "OIDC-preferred_username", "OIDC_iss", "REMOTE_USER"} {
		forged[name] = []string{labtest.IssuerURL(t, v.d.Lab, v.own)}
	}
	page := http.Header{"Accept": {"text/html"}}
	const at = "/v3/OS-FEDERATION/identity_providers/%s/protocols/openid/auth"
	for _, c := range []struct {
		what, method, path, body string
		header                   http.Header
		want                     int
	}{
		{"a password", "POST", "/v3/auth/tokens", fmt.Sprintf(password, v.admin), http.Header{"Content-Type": {"application/json"}}, 201},
		{"a token at its own path", "POST", fmt.Sprintf(at, v.own), "", bearer, 201},
		{"a token at another's path", "POST", fmt.Sprintf(at, v.other), "", bearer, v.elsewhere()},
		{"no token", "POST", fmt.Sprintf(at, v.own), "", nil, 401},
		{"forged claims", "POST", fmt.Sprintf(at, v.own), "", forged, 401},
		{"forged claims on the way of browsers", "GET", "/v3/auth/OS-FEDERATION/websso/openid?origin=x", "", forged, 403},
		{"a path that nobody opened", "POST", fmt.Sprintf(at, "unopened"), "", bearer, 403},
		{"a browser", "GET", "/v3/auth/OS-FEDERATION/identity_providers/" + v.own + "/protocols/openid/websso", "", page, 302},
	} {
		status, location := v.ask(t, c.method, public+c.path, c.body, c.header)
		if status != c.want || status == 302 && !strings.HasPrefix(location, v.d.Lab.KeystoneURL+"/v3/OS-FEDERATION/redirect_uri?iss=") {
			t.Errorf("%s: %d %s, want %d", c.what, status, location, c.want)
		}
	}
}

// elsewhere is the answer at another's path: where the lab has one issuer alone, nobody's.
func (v caller) elsewhere() int {
	if v.other == "nobody" {
		return 403
	}
	return 401
}

func (v caller) ask(t *testing.T, method, url, body string, header http.Header) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		req.Header = header
	}
	req.Host = strings.TrimPrefix(v.d.Lab.KeystoneURL, "https://")
	resp, err := v.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode, resp.Header.Get("Location")
}
