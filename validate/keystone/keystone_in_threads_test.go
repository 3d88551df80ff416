package keystone_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/keystone"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestInThreads: who serves Keystone, how many threads that has, and what is to be
// written instead.
func TestInThreads(t *testing.T) {
	const (
		event    = "LoadModule mpm_event_module modules/mod_mpm_event.so\n"
		alias    = "WSGIScriptAlias / /usr/bin/keystone-wsgi-public\n"
		embedded = "WSGIDaemonProcess keystone processes=4 threads=1 user=keystone group=keystone\nWSGIProcessGroup keystone"
	)
	for name, c := range map[string]struct{ conf, hint string }{
		"processes times threads":      {"WSGIDaemonProcess k threads=2 processes=3\nWSGIProcessGroup k\n" + alias, "WSGIDaemonProcess k threads=1 processes=6"},
		"one process, 15 threads":      {"WSGIDaemonProcess k\nWSGIProcessGroup k\n" + alias, "WSGIDaemonProcess k processes=15 threads=1"},
		"never more than fit":          {"WSGIDaemonProcess k processes=8 threads=8\nWSGIProcessGroup k\n" + alias, "WSGIDaemonProcess k processes=16 threads=1"},
		"never fewer than there were":  {"WSGIDaemonProcess k processes=20\nWSGIProcessGroup k\n" + alias, "WSGIDaemonProcess k processes=20 threads=1"},
		"quoted":                       {"WSGIDaemonProcess k \"threads=3\" 'display-name=a b'\nWSGIProcessGroup k\n" + alias, "WSGIDaemonProcess k threads=1 'display-name=a b' processes=3"},
		"by the alias's option":        {"WSGIDaemonProcess k threads=2\nWSGIScriptAlias / /usr/bin/keystone-wsgi-public process-group=k\n", "WSGIDaemonProcess k threads=1 processes=2"},
		"by a section":                 {"WSGIDaemonProcess k threads=2\n<Location /v3>\nWSGIProcessGroup k\n</Location>\n" + alias, "WSGIDaemonProcess k threads=1 processes=2"},
		"by the script's folder":       {"WSGIDaemonProcess k threads=2\n<Directory /usr/bin>\nWSGIProcessGroup k\n</Directory>\n" + alias, "WSGIDaemonProcess k threads=1 processes=2"},
		"by another name, with a door": {"WSGIDaemonProcess k threads=2\nWSGIProcessGroup k\nWSGIScriptAlias /identity /srv/api\n<Location /identity/v3/auth/OS-FEDERATION/websso/openid>\nAuthType openid-connect\n</Location>\n", "WSGIDaemonProcess k threads=1 processes=2"},
		"by a virtual host":            {"WSGIDaemonProcess k threads=2\n" + alias + "<VirtualHost *:5000>\nWSGIProcessGroup k\n</VirtualHost>\n", "WSGIDaemonProcess k threads=1 processes=2"},
		"httpd's own":                  {event + alias, embedded},
		"httpd's own, said so":         {event + "WSGIProcessGroup %{GLOBAL}\n" + alias, embedded},

		"one thread":                 {"WSGIDaemonProcess k threads=1\nWSGIProcessGroup k\n" + alias, ""},
		"the last one counts":        {"WSGIDaemonProcess k threads=4 threads=1\nWSGIProcessGroup k\n" + alias, ""},
		"not a number":               {"WSGIDaemonProcess k threads=many\nWSGIProcessGroup k\n" + alias, ""},
		"the group is not known":     {"WSGIProcessGroup k\n" + alias, ""},
		"the group is asked for":     {event + "WSGIProcessGroup %{ENV:GROUP}\n" + alias, ""},
		"somebody else's":            {"WSGIDaemonProcess k threads=9\nWSGIProcessGroup k\nWSGIScriptAlias /dashboard /srv/horizon.wsgi\n", ""},
		"beside Horizon's":           {"WSGIDaemonProcess h threads=9\nWSGIDaemonProcess k threads=1\nWSGIScriptAlias /dashboard /srv/horizon.wsgi process-group=h\nWSGIScriptAlias /identity /srv/keystone process-group=k\n", ""},
		"httpd's own, of one thread": {event + "ThreadsPerChild 1\n" + alias, ""},
		"httpd's own, prefork":       {"LoadModule mpm_prefork_module modules/mod_mpm_prefork.so\n" + alias, ""},
		"httpd's own, unknown":       {alias, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(inThreadsHints(t, c.conf), "\n"); got != c.hint {
				t.Errorf("got  %q\nwant %q", got, c.hint)
			}
		})
	}
}

// inThreadsHints gives the hints of keystone-in-threads on a whole configuration.
func inThreadsHints(t *testing.T, conf string) (hints []string) {
	t.Helper()
	dir := t.TempDir()
	main := filepath.Join(dir, "etc/httpd/conf/httpd.conf")
	if err := os.MkdirAll(filepath.Dir(main), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(main, []byte("ServerRoot /etc/httpd\nLoadModule wsgi_module modules/mod_wsgi.so\n"+conf), 0o600); err != nil {
		t.Fatal(err)
	}
	site, err := subject.Load(dir, []string{dir}, subject.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range keystone.Topic().Rules {
		if r.Slug == "keystone-in-threads" {
			hints = hintsOf(r.Run(site))
		}
	}
	return hints
}

func hintsOf(reports []rule.Report) (hints []string) {
	for _, r := range reports {
		hints = append(hints, r.Hint)
	}
	return hints
}
