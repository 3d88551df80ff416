package examples_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// samlBrowser walks Chromium through Horizon where one Keycloak realm is two choices:
// OpenID Connect, and SAML.
func samlBrowser(t *testing.T, d labtest.Deployment) {
	t.Run("one browser by one door after the other", func(t *testing.T) {
		b := newBrowser(t, d.Lab)
		b.logInBy("corp", "alice")
		b.expectUser("alice")
		b.signOut()
		b.expectDashboardLogin()
		b.choose("corp-saml") // the realm knows already who is there
		b.expectUser("alice")
	})
	t.Run("a session of one SAML identity provider opens no other", func(t *testing.T) {
		b := newBrowser(t, d.Lab)
		b.logInBy("corp-saml", "bob")
		b.expectUser("bob")
		b.open(strings.Replace(websso(d.Lab, "partner-saml"), "/openid/", "/saml2/", 1))
		b.expectLoginPage("partner")
	})
	t.Run("the probe's own browser", func(t *testing.T) {
		expectStep(t, d.Command("probe", "--idp", "corp-saml", "--login", "--browser", "--format", "json"), "websso-browser", "")
	})
	t.Run("nobody without a group", func(t *testing.T) {
		b := newBrowser(t, d.Lab)
		b.logInBy("corp-saml", "mallory")
		b.expectRefused(d.Lab.KeystoneURL)
	})
}

// logInBy takes a choice of Horizon's page and fills in that of the realm corp.
func (b browser) logInBy(choice, user string) {
	b.t.Helper()
	b.choose(choice)
	b.expectLoginPage("corp")
	b.fill("corp", user)
}

// expectRefused wants Keystone's 401 in place of a page.
func (b browser) expectRefused(keystone string) {
	b.t.Helper()
	b.do("wait for the refusal", chromedp.WaitVisible(chromedp.CSS("body > pre")))
	address, shown := b.ask("read the address", chromedp.Location()), b.ask("read the answer", chromedp.Text(chromedp.CSS("body")))
	if !strings.HasPrefix(address, keystone) || !strings.Contains(shown, `"code":401`) {
		b.t.Fatalf("got %s:\n%s\nwant Keystone's 401", address, shown)
	}
}
