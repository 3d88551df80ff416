package prove

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// frameModules are what a site's file finds loaded.
const frameModules = "mpm_event authn_core authz_core authz_host authz_user alias env headers setenvif ssl socache_shmcb proxy proxy_http rewrite macro wsgi auth_openidc"

// frame is the main configuration around a site's file, like the one of EL.
const frame = `ServerRoot /etc/httpd
%s
User apache
Group apache
ErrorLog logs/error_log
LogLevel warn
DefaultRuntimeDir /run/httpd
WSGISocketPrefix /run/httpd/wsgi
StartServers 1
MinSpareThreads 1
ThreadsPerChild 16
MaxRequestWorkers 64
SSLRandomSeed startup builtin
SSLSessionCache shmcb:/run/httpd/sslcache(512000)
<Directory />
  AllowOverride None
  Require all denied
</Directory>
<Directory /usr/bin>
  Require all granted
</Directory>
<Directory /var/www/cgi-bin/keystone>
  Require all granted
</Directory>
<Directory /var/lib/kolla/venv/bin>
  Require all granted
</Directory>
Include conf.d/*.conf
`

var oauth2Line = regexp.MustCompile(`(?mi)^[ \t]*OAuth2`)

// frameText is the frame for a fixture: with mod_oauth2 and mod_proxy_uwsgi where it uses them.
func (l *layout) frameText(more, without []string) []byte {
	modules := append(strings.Fields(frameModules), more...)
	conf := l.conf()
	if oauth2Line.MatchString(conf) {
		modules = append(modules, "oauth2")
	}
	if strings.Contains(conf, "uwsgi://") {
		modules = append(modules, "proxy_uwsgi")
	}
	var load strings.Builder
	for _, m := range modules {
		if !slices.Contains(without, m) {
			fmt.Fprintf(&load, "LoadModule %s_module modules/mod_%s.so\n", m, m)
		}
	}
	return fmt.Appendf(nil, frame, load.String())
}

// applications are the paths at which a deployment has Keystone's WSGI program.
func applications() []string {
	return []string{
		"/usr/bin/keystone-wsgi-public", "/usr/bin/keystone-wsgi-admin",
		"/var/www/cgi-bin/keystone/keystone", "/var/www/cgi-bin/keystone/main", "/var/www/cgi-bin/keystone/admin",
		"/var/www/cgi-bin/keystone/keystone-public", "/var/www/cgi-bin/keystone/keystone-admin",
		"/var/lib/kolla/venv/bin/keystone-wsgi-public",
	}
}

// bundles are the paths of the CA bundle; the first is EL's, the second Debian's.
func bundles() []string {
	return []string{"/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"}
}

// serverCertificates are paths of httpd's certificate and, with the same index, its key.
func serverCertificates() [][2]string {
	return [][2]string{
		{"/etc/pki/tls/certs/keystone.crt", "/etc/pki/tls/private/keystone.key"},
		{"/etc/pki/tls/certs/localhost.crt", "/etc/pki/tls/private/localhost.key"},
		{"/etc/ssl/certs/ssl-cert-snakeoil.pem", "/etc/ssl/private/ssl-cert-snakeoil.key"},
	}
}

// fill puts what every host has beside the fixture's files, which win.
func (l *layout) fill(defaults map[string][]byte) {
	for name, text := range defaults {
		if l.files[path.Clean(name)] == nil {
			l.files[path.Clean(name)] = text
		}
	}
}
