package templates_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// movedSite is a base file on the lab's machine, in an httpd of its own.
type movedSite struct {
	dir, base, file     string // file is the description, which lies elsewhere
	conf, httpd, public string
	environ             []string
	system              string // what httpd finds in the place of the system's CAs; "": those
}

// onLab moves a base file to ports and folders of this machine.
func (c moved) onLab(t *testing.T, d labtest.Deployment) movedSite {
	t.Helper()
	httpd, _ := labtest.Httpd(t)
	dir, err := os.MkdirTemp("", "fedstone-merge-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	openFor(t, dir)
	m := movedSite{dir: dir, base: filepath.Join(dir, "base.conf"), file: filepath.Join(t.TempDir(), "federation.yaml"), conf: filepath.Join(dir, "httpd.conf"), httpd: httpd}
	port := labtest.FreePort(t)
	text := m.text(t, d, c, port)
	m.public = "http://localhost:" + port
	if strings.Contains(text, "SSLEngine on") {
		m.public = "https://localhost:" + port
	}
	write(t, m.base, text)
	write(t, m.file, c.description(t, d, port))
	write(t, filepath.Join(dir, "etc/ssl/fedstone/ca.pem"), read(t, d.Lab.CAFile))
	if err := os.MkdirAll(filepath.Join(dir, "var/log/apache2"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, m.conf, m.frame(t, text, port))
	fragments, _ := filepath.Glob(filepath.Join(d.Lab.Root, "etc/keystone/keystone.conf.d/*.conf"))
	files := append([]string{filepath.Join(d.Lab.Root, "etc/keystone/keystone.conf")}, fragments...)
	m.environ = append(os.Environ(), "OS_KEYSTONE_CONFIG_FILES="+strings.Join(files, ";"))
	if c.strategy == "mod_oauth2" {
		m.system = d.Lab.CAFile
	}
	return m
}

// text writes what another machine has as this one has it: addresses, programs, users.
func (m movedSite) text(t *testing.T, d labtest.Deployment, c moved, port string) string {
	t.Helper()
	replace := []string{
		"172.17.0.23:5000", "127.0.0.1:" + port, "10.0.0.11:5000", "127.0.0.1:" + port, "0.0.0.0:5000", "127.0.0.1:" + port, ":5000", ":" + port, ":4990", ":" + port,
		"isten 4990", "isten 127.0.0.1:" + port, "isten 5000", "isten 127.0.0.1:" + port, "ISTEN 5000", "ISTEN 127.0.0.1:" + port, "127.0.0.1:35358", c.uwsgi,
		"10.0.0.11:35357", "127.0.0.1:" + labtest.FreePort(t), "35357", labtest.FreePort(t), "35347", labtest.FreePort(t), "8080", labtest.FreePort(t),
		"user=stack", "user=keystone group=keystone", "group=nogroup", "group=keystone", "keystone.example.org", "localhost",
	}
	text := strings.NewReplacer(replace...).Replace(string(baseFile(t, c.base)))
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
func (m movedSite) frame(t *testing.T, base, port string) string {
	t.Helper()
	listen := ""
	if !regexp.MustCompile(`(?mi)^\s*listen\s+(\S*:)?` + port).MatchString(base) {
		listen = "Listen 127.0.0.1:" + port + "\n"
	}
	more := "LoadModule access_compat_module MODS/mod_access_compat.so\nLoadModule alias_module MODS/mod_alias.so\nLoadModule authz_host_module MODS/mod_authz_host.so\n" +
		"LoadModule rewrite_module MODS/mod_rewrite.so\nLoadModule setenvif_module MODS/mod_setenvif.so\nLoadModule proxy_uwsgi_module MODS/mod_proxy_uwsgi.so\nLoadModule env_module MODS/mod_env.so\n"
	_, folder := labtest.Httpd(t)
	return fmt.Sprintf(frame, m.dir, modules(t)+strings.ReplaceAll(more, "MODS", folder)+"LogFormat \"%h %>s\" combined\n"+listen, m.base)
}

// read has httpd read all of it.
func (m movedSite) read(t *testing.T) {
	t.Helper()
	if out, err := exec.Command(m.httpd, "-t", "-f", m.conf).CombinedOutput(); err != nil {
		t.Fatalf("httpd -t: %v\n%s", err, out)
	}
}

func (m movedSite) serve(t *testing.T) (stop func()) {
	t.Helper()
	cmd := rendered{system: m.system}.command(m.httpd, "-DFOREGROUND", "-f", m.conf)
	cmd.Env = m.environ
	host := m.public[strings.Index(m.public, "//")+2:]
	return run(t, cmd, site{public: "http://" + strings.Replace(host, "localhost", "127.0.0.1", 1), log: filepath.Join(m.dir, "error.log")})
}

// fit renders into the base where it lies, and does what is left to do by hand. What is
// applied for a strategy of its own goes back to the deployment's with the test.
func (m movedSite) fit(t *testing.T, c moved, d labtest.Deployment) {
	t.Helper()
	if c.strategy != "gate" {
		t.Cleanup(func() { d.Run(t, "apply") })
	}
	d.File = m.file
	said := d.Run(t, "render", "--base", m.base, "-o", m.dir, "--prefix", m.dir)
	m.byHand(t, said)
	if c.strategy != "gate" {
		d.Run(t, "apply")
	}
}

// byHand adds the lines that render asks for, from the last one up.
func (m movedSite) byHand(t *testing.T, said string) {
	t.Helper()
	lines := strings.SplitAfter(read(t, m.base), "\n")
	asked := regexp.MustCompile(`(?m)^to do by hand: .*, in front of line (\d+) \(.*\), add: (.*)$`).FindAllStringSubmatch(said, -1)
	slices.Reverse(asked)
	for _, a := range asked {
		lines = slices.Insert(lines, atoi(t, a[1])-1, a[2]+"\n")
	}
	write(t, m.base, strings.Join(lines, ""))
}
