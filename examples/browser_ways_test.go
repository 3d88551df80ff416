package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/template"

	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestBrowserWays walks Chromium through Horizon where the ways in and out are not
// the usual ones. FEDSTONE_DEEP=1 adds the restart with sessions in cookies.
func TestBrowserWays(t *testing.T) {
	d := labtest.Quickstart(t) // what is left of this test, the next Quickstart mends
	if d.Lab.HorizonURL == "" {
		labtest.Require(t, "this lab has no Horizon: bring it up with --with horizon")
	}
	usual, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	put := func(t *testing.T, pairs ...string) { redeploy(t, d, string(usual), pairs...) }
	t.Run("httpd restarts, sessions in memory", func(t *testing.T) { restarts(t, d, false) })
	if os.Getenv("FEDSTONE_DEEP") == "1" { // TestRestart holds it without a browser
		t.Run("httpd restarts, sessions in cookies", func(t *testing.T) {
			put(t, "httpd:\n", "httpd:\n  sessions: cookie\n")
			d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
			restarts(t, d, true)
		})
	}
	t.Run("logout everywhere", func(t *testing.T) {
		second := secondDashboard(t, d.Lab)
		put(t, "dashboards: ["+d.Lab.HorizonURL, "dashboards: ["+d.Lab.HorizonURL+", "+second.url,
			"identity_providers:\n", "browser: {logout: everywhere, first_choice: partner}\nidentity_providers:\n")
		second.start(t, d)
		logoutEverywhere(t, d)
		t.Run("at the second dashboard", func(t *testing.T) { atSecondDashboard(t, d, second) })
	})
	t.Run("no login page", func(t *testing.T) {
		put(t, "identity_providers:\n", "browser: {login_page: skipped, global_websso: partner, logout: everywhere}\nidentity_providers:\n")
		d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
		noLoginPage(t, d)
	})
}

// redeploy renders the usual description with changes, for the next start of httpd.
func redeploy(t *testing.T, d labtest.Deployment, usual string, pairs ...string) {
	t.Helper()
	if err := os.WriteFile(d.File, []byte(strings.NewReplacer(pairs...).Replace(usual)), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
}

// logoutEverywhere: whoever comes next to the same browser has to log in.
func logoutEverywhere(t *testing.T, d labtest.Deployment) {
	b := newBrowser(t, d.Lab)
	b.open(b.dashboard + "/auth/login/")
	if shown := b.ask("read the first choice", chromedp.Value(chromedp.CSS("#id_auth_type"))); shown != "partner" {
		t.Errorf("Horizon offers %s first, want partner", shown)
	}
	for _, user := range []string{"alice", "bob"} {
		b.logIn("corp", user)
		b.expectUser(user)
		b.signOut()
		b.expectDashboardLogin()
	}
	b.logIn("partner", "alice")
	b.expectUser("alice")
}

// headerLoaded holds when the page's own request for its header has been answered.
const headerLoaded = `performance.getEntriesByType("resource").some(e => e.name.endsWith("/header/")) ? "yes" : ""`

// signOut presses the button in Horizon's menu. It waits for what the page asks
// for: a request that ends after the logout brings Horizon's session back, as
// each saves the one it began with (SESSION_REFRESH).
func (b browser) signOut() {
	b.t.Helper()
	b.ask("wait for the page's requests", chromedp.Poll[string](headerLoaded))
	b.do("sign out", chromedp.Click(chromedp.CSS(".user-menu .dropdown-toggle")), chromedp.Click(chromedp.CSS(".user-menu a[href*=logout]")))
}

// expectDashboardLogin wants Horizon's own login page.
func (b browser) expectDashboardLogin() {
	b.t.Helper()
	b.do("wait for Horizon's login page", chromedp.WaitVisible(chromedp.CSS("#id_auth_type")))
	if address := b.ask("read the address", chromedp.Location()); !strings.HasPrefix(address, b.dashboard+"/auth/login/") {
		b.t.Fatalf("got %s, want the login page of %s", address, b.dashboard)
	}
}

// atSecondDashboard: it trusts the same Keystone, at another host, and its people
// come back to it.
func atSecondDashboard(t *testing.T, d labtest.Deployment, second horizon) {
	b := newBrowser(t, d.Lab)
	b.dashboard = second.url
	b.logIn("corp", "bob")
	b.expectUser("bob")
	b.signOut()
	b.expectDashboardLogin()
	b.choose("corp")
	b.expectLoginPage("corp")
}

// noLoginPage: Horizon sends everybody on by the global path, where Keystone finds
// the provider by the issuer; the other issuer has its own path.
func noLoginPage(t *testing.T, d labtest.Deployment) {
	b := newBrowser(t, d.Lab)
	for _, user := range []string{"alice", "bob"} {
		b.open(b.dashboard + "/")
		b.expectLoginPage("partner")
		b.fill("partner", user)
		b.expectUser(user)
		b.signOut()
		b.expectLoginPage("partner")
	}
	b = newBrowser(t, d.Lab) // in the same one, Horizon would drop the first login of another person
	b.open(websso(d.Lab, "corp"))
	b.expectLoginPage("corp")
	b.fill("corp", "alice")
	b.expectUser("alice")
	b.open(strings.Replace(websso(d.Lab, "corp"), "/identity_providers/corp/protocols/openid/websso", "/websso/openid", 1))
	b.expectLoginPage("partner")
}

// restarts: who is at the issuer's page comes back to Keystone as if nothing had
// been; who was logged in has to ask the issuer again, or is known by the cookie.
func restarts(t *testing.T, d labtest.Deployment, kept bool) {
	inside, coming := newBrowser(t, d.Lab), newBrowser(t, d.Lab)
	inside.logIn("corp", "bob")
	inside.expectUser("bob")
	inside.forgetIssuer("corp")
	coming.choose("corp")
	coming.expectLoginPage("corp")
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
	coming.fill("corp", "alice")
	coming.expectUser("alice")
	inside.open(inside.dashboard + "/project/")
	inside.expectDashboardLogin() // the lab's Horizon keeps its sessions in memory
	inside.choose("corp")
	if !kept {
		inside.expectLoginPage("corp")
		inside.fill("corp", "bob")
	}
	inside.expectUser("bob")
}

// forgetIssuer ends the session at the issuer alone.
func (b browser) forgetIssuer(idp string) {
	b.t.Helper()
	b.open(labtest.IssuerURL(b.t, b.lab, idp) + "/protocol/openid-connect/logout")
	b.do("confirm", chromedp.Click(chromedp.CSS("#kc-logout")), chromedp.WaitVisible(chromedp.CSS("#kc-info-message")))
}

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
