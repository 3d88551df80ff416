package examples_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestBrowserWays walks Chromium through Horizon where the ways in and out are not
// the usual ones. FEDSTONE_DEEP=1 adds the restart with sessions in cookies,
// and Horizon without a login page of its own.
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
	if os.Getenv("FEDSTONE_DEEP") != "1" {
		return
	}
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
