package lab

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/lab/roots"
)

// Need is a part of what can be installed.
type Need string

// Stack is httpd with its modules, MariaDB and Keystone, which every lab needs; the others add to it. HTTPD alone is
// enough for tests that only parse or start a configuration. Balancer stands in front of httpd in tests of the probe. Monitor reads the alerts of examples/monitoring. Peers are the programs that tests and benchmarks compare with.
// UWSGI runs Keystone where httpd does not. Resource is a service that takes Keystone's tokens.
// SAML is mod_auth_mellon, for tests alone.
// Shared is where several controllers keep what they share, beside the memcached of Stack.
// Releases are Keystone's other releases, on top of Stack, for tests of the mapping engine. Suites is what makes folders
// of other Debian suites; each suite is a need of its own besides.
const (
	HTTPD    Need = "httpd"
	Stack    Need = "stack"
	Keycloak Need = "keycloak"
	Light    Need = "light"
	Horizon  Need = "horizon"
	Browser  Need = "browser"
	Peers    Need = "peers"
	Balancer Need = "balancer"
	Monitor  Need = "monitor"
	UWSGI    Need = "uwsgi"
	Resource Need = "resource"
	Releases Need = "releases"
	Shared   Need = "shared"
	Suites   Need = "suites"
	SAML     Need = "saml"
)

// Needs is a set of them.
type Needs []Need

// needs are what these options take to run.
func (o *Options) needs() Needs {
	n := Needs{HTTPD, Stack}
	if o.Keycloak {
		n = append(n, Keycloak)
	}
	if o.Light {
		n = append(n, Light)
	}
	switch {
	case o.Debian != "":
		n = append(n, SuiteNeeds(o.Debian)...)
	case o.Horizon:
		n = append(n, Horizon)
	}
	return n
}

// requirement is one program: a file that shows it is there, and the package that brings it.
type requirement struct {
	need Need
	name string
	file string // absolute, perhaps a pattern, or a name to be found in PATH
	pack string // Debian's
}

const pythonModules = "/usr/lib/python3/dist-packages"

func requirements() []requirement {
	return []requirement{
		{HTTPD, "Apache httpd", "/usr/sbin/apache2", "apache2-bin"},
		{HTTPD, "mod_auth_openidc", moduleFolder + "/mod_auth_openidc.so", "libapache2-mod-auth-openidc"},
		{HTTPD, "mod_oauth2", moduleFolder + "/mod_oauth2.so", "libapache2-mod-oauth2"},
		{HTTPD, "mod_wsgi", moduleFolder + "/mod_wsgi.so", "libapache2-mod-wsgi-py3"},
		{Stack, "MariaDB server", "/usr/sbin/mariadbd", "mariadb-server-core"},
		{Stack, "Keystone", "/usr/bin/keystone-manage", "python3-keystone"},
		{Stack, "PyMySQL", pythonModules + "/pymysql", "python3-pymysql"},
		{Stack, "libevent", "/usr/lib/*/libevent-2.1.so.7", "libevent-2.1-7"},
		{Stack, "Cyrus SASL", "/usr/lib/*/libsasl2.so.2", "libsasl2-2"},
		{Stack, "the Python client of memcached", pythonModules + "/memcache.py", "python3-memcache"},
		{SAML, "mod_auth_mellon", moduleFolder + "/mod_auth_mellon.so", "libapache2-mod-auth-mellon"},
		{SAML, "mod_shib", moduleFolder + "/mod_shib.so", "libapache2-mod-shib"},
		{SAML, "shibd", shibdProgram, "shibboleth-sp-utils"},
		{Keycloak, "Java 17", "java", "openjdk-17-jre-headless"},
		{Light, "Node.js 18 or newer", "node", "nodejs"},
		{Horizon, "Horizon", "/usr/share/openstack-dashboard/wsgi.py", "openstack-dashboard"},
		{Browser, "Chromium", "chromium", "chromium"},
		{Balancer, "haproxy", "haproxy", "haproxy"},
		{UWSGI, "uwsgi", "/usr/bin/uwsgi-core", "uwsgi-core"},
		{UWSGI, "uwsgi's Python plugin", "/usr/lib/uwsgi/plugins/python3_plugin.so", "uwsgi-plugin-python3"},
		{Resource, "keystonemiddleware", pythonModules + "/keystonemiddleware/oauth2_token.py", "python3-keystonemiddleware"},
		{Resource, "Paste Deployment", pythonModules + "/paste/deploy", "python3-pastedeploy"},
		{Resource, "eventlet", pythonModules + "/eventlet", "python3-eventlet"},
		{Shared, "redis", RedisProgram, "redis-tools"},
		{Monitor, "promtool", "promtool", "prometheus"},
		{Peers, "curl", "curl", "curl"},
		{Peers, "OpenSSL", "openssl", "openssl"},
		{Peers, "Ansible", "ansible", "ansible"},
		{Peers, "the OpenStack client", "openstack", "python3-openstackclient"},
		{Peers, "Jinja2", pythonModules + "/jinja2", "python3-jinja2"},
		{Peers, "lxml, for the OpenStack client", pythonModules + "/lxml", "python3-lxml"},
		{Suites, "debootstrap", "debootstrap", "debootstrap"},
		{Releases, "pip", pythonModules + "/pip", "python3-pip"},
	}
}

// missing are the requirements of n that this host lacks.
func (n Needs) missing() []requirement {
	var all []requirement
	for _, r := range requirements() {
		if slices.Contains(n, r.need) && !r.present() {
			all = append(all, r)
		}
	}
	return all
}

func (r requirement) present() bool {
	if !filepath.IsAbs(r.file) {
		_, err := exec.LookPath(r.file)
		return err == nil
	}
	found, err := filepath.Glob(r.file)
	return err == nil && len(found) > 0
}

// Missing says in words what this host lacks for n and how to get it, one line each; empty means that all is there.
func Missing(n Needs) []string {
	var lines []string
	for _, r := range n.missing() {
		lines = append(lines, fmt.Sprintf("%s: apt-get install --no-install-recommends %s", r.name, r.pack))
	}
	if slices.Contains(n, Stack) {
		for _, name := range missingAccounts() {
			lines = append(lines, fmt.Sprintf("user %s: useradd --system --user-group --create-home --home-dir /var/lib/%s --shell /usr/sbin/nologin %s", name, name, name))
		}
	}
	return append(lines, missingDownloads(n)...)
}

// missingDownloads are the parts that come from Maven, npm and PyPI.
func missingDownloads(n Needs) []string {
	var lines []string
	if slices.Contains(n, Keycloak) && !keycloakPresent() {
		lines = append(lines, "Keycloak "+keycloakVersion+": mvn "+strings.Join(keycloakGet(), " ")+" (Debian's package maven)")
	}
	if slices.Contains(n, Stack) && !memcachedPresent() {
		lines = append(lines, "memcached: apt-get download memcached, unpacked in its prepared folder (done at the first start)")
	}
	if slices.Contains(n, Light) && !lightPresent() {
		lines = append(lines, "the light OpenID Provider's modules: npm ci in its prepared folder (done at the first start; npm is part of Node.js)")
	}
	if slices.Contains(n, Releases) && !wheelsPresent() {
		lines = append(lines, "Keystone of other releases ("+strings.Join(KeystoneReleases(), ", ")+"): pip install --no-deps, unpacked in their prepared folder (done by fedstone lab install --tests)")
	}
	for _, s := range roots.Suites() {
		if slices.Contains(n, suiteNeed(s.Name)) && !suitePresent(s) {
			lines = append(lines, s.Title+": debootstrap, and packages in its folder (done by fedstone lab install --debian "+s.Name+"; a gigabyte)")
		}
	}
	return lines
}

// checkPrograms refuses to start where a program is missing. Downloads are left to the start itself.
func checkPrograms(n Needs) error {
	if lines := Missing(n); len(lines) > len(missingDownloads(n)) {
		return errors.New("programs are missing:\n  " + strings.Join(lines, "\n  "))
	}
	return nil
}
