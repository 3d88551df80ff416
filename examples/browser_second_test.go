package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/template"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// horizon is one beside the lab's own.
type horizon struct{ url, dir, config string }

const secondVhost = `# A second Horizon, for a test.
Listen {{.Port}}
WSGIDaemonProcess second-horizon processes=1 threads=4 user=www-data group=www-data home={{.Dir}} python-path={{.Dir}} lang=C.UTF-8 locale=C.UTF-8
<VirtualHost *:{{.Port}}>
  ServerName {{.Origin}}
  SSLEngine on
  SSLCertificateFile {{.Lab.CertFile}}
  SSLCertificateKeyFile {{.Lab.KeyFile}}
  Alias /static /var/lib/openstack-dashboard/static
  <Directory /var/lib/openstack-dashboard/static>
    Require all granted
  </Directory>
  <Directory {{.Dir}}>
    <Files wsgi.py>
      Require all granted
    </Files>
  </Directory>
  WSGIProcessGroup second-horizon
  WSGIApplicationGroup %{GLOBAL}
  WSGIScriptAlias / {{.Dir}}/wsgi.py
</VirtualHost>
`

// secondDashboard copies the lab's Horizon, for another address.
func secondDashboard(t *testing.T, l *lab.Lab) horizon {
	t.Helper()
	s := horizon{url: l.SecondDashboard(), dir: filepath.Join(l.Dir, "second-horizon"), config: filepath.Join(l.Root, "etc/apache2/sites-enabled/90-second-horizon.conf")}
	own := filepath.Join(l.Dir, "horizon")
	s.remove(t)
	t.Cleanup(func() { s.remove(t) })
	if out, err := exec.Command("cp", "-a", own, s.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, file := range []string{"wsgi.py", "openstack_dashboard/local/local_settings.py"} {
		s.rewrite(t, file, own)
	}
	return s
}

func (s horizon) remove(t *testing.T) {
	t.Helper()
	for _, path := range []string{s.dir, s.config} {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
}

// rewrite has a copied file name the copy's folder.
func (s horizon) rewrite(t *testing.T, file, own string) {
	t.Helper()
	path := filepath.Join(s.dir, file)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(text), own, s.dir)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// start gives it the settings that were rendered for it, and has httpd serve it.
func (s horizon) start(t *testing.T, d labtest.Deployment) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(d.Lab.Root, "var/lib/fedstone/horizon/*/_50_fedstone.py"))
	if err != nil || len(found) != 1 {
		t.Fatalf("settings for the second dashboard: %v, %v", found, err)
	}
	snippets := filepath.Join(s.dir, "openstack_dashboard/local/local_settings.d")
	if err := os.Remove(snippets); err != nil { // the link to the first one's
		t.Fatal(err)
	}
	if out, err := exec.Command("cp", "-r", filepath.Join(d.Lab.Root, "etc/openstack-dashboard/local_settings.d"), snippets).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if out, err := exec.Command("cp", found[0], snippets).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s.serve(t, d)
}

func (s horizon) serve(t *testing.T, d labtest.Deployment) {
	t.Helper()
	f, err := os.Create(s.config)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data := map[string]any{"Lab": d.Lab, "Dir": s.dir, "Origin": s.url, "Port": s.url[strings.LastIndexByte(s.url, ':')+1:]}
	if err := template.Must(template.New("").Parse(secondVhost)).Execute(f, data); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
}
