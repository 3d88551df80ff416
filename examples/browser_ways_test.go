package examples_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestBrowserWays walks Chromium through Horizon where the ways in and out are not
// the usual ones.
func TestBrowserWays(t *testing.T) {
	d := labtest.Quickstart(t) // what is left of this test, the next Quickstart mends
	if d.Lab.HorizonURL == "" {
		labtest.Require(t, "this lab has no Horizon: bring it up with --with horizon")
	}
	usual, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	redeploy(t, d, string(usual), "identity_providers:\n", "browser: {logout: everywhere, first_choice: partner}\nidentity_providers:\n")
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
	logoutEverywhere(t, d)
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

// signOut presses the button in Horizon's menu.
func (b browser) signOut() {
	b.t.Helper()
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
