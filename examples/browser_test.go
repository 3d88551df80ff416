package examples_test

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestBrowserThroughHorizon walks Chromium through Keycloak's page into Horizon,
// for two issuers: per-IdP websso, pinned to its issuer.
func TestBrowserThroughHorizon(t *testing.T) {
	d := labtest.Quickstart(t)
	if d.Lab.HorizonURL == "" {
		labtest.Require(t, "this lab has no Horizon: bring it up with --with horizon")
	}
	for _, realm := range []string{"corp", "partner"} {
		t.Run(realm+" logs in", func(t *testing.T) {
			b := newBrowser(t, d.Lab)
			b.logIn(realm, "alice")
			b.expectUser("alice")
		})
	}
	t.Run("a session of corp does not open partner's websso", func(t *testing.T) {
		b := newBrowser(t, d.Lab)
		b.logIn("corp", "alice")
		b.expectUser("alice")
		b.open(websso(d.Lab, "partner"))
		b.expectLoginPage("partner")
	})
	t.Run("the same browser logs in at one issuer after the other", func(t *testing.T) {
		b := newBrowser(t, d.Lab)
		b.logIn("corp", "alice")
		b.expectUser("alice")
		b.open(d.Lab.HorizonURL + "/auth/logout/")
		b.logIn("partner", "bob")
		b.expectUser("bob")
	})
}

func websso(l *lab.Lab, idp string) string {
	origin := url.QueryEscape(l.HorizonURL + "/auth/websso/")
	return l.KeystoneURL + "/v3/auth/OS-FEDERATION/identity_providers/" + idp + "/protocols/openid/websso?origin=" + origin
}

// stepLimit is for one step of a walk, on a busy machine.
const stepLimit = 40 * time.Second

type browser struct {
	t         *testing.T
	lab       *lab.Lab
	ctx       context.Context
	dashboard string
}

func newBrowser(t *testing.T, l *lab.Lab) browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		labtest.Require(t, "no chromium: "+err.Error())
	}
	// The lab's certificate is trusted by its key alone; everything else is verified.
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("ignore-certificate-errors-spki-list", keyHash(t, l.CertFile)),
		chromedp.Flag("disable-quic", true), chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // starts it: the first context that is used ends the browser with it
		t.Fatal(err)
	}
	return browser{t: t, lab: l, ctx: ctx, dashboard: l.HorizonURL}
}

// keyHash is the base64 SHA-256 of a certificate's public key.
func keyHash(t *testing.T, certFile string) string {
	t.Helper()
	text, err := os.ReadFile(certFile)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(cert.RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// do runs actions and fails the test with what the browser shows.
func (b browser) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v\n%s", what, err, b.where())
	}
}

func (b browser) ask(what string, action chromedp.Action[string]) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	text, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatalf("%s: %v\n%s", what, err, b.where())
	}
	return text
}

// where says what the browser shows.
func (b browser) where() string {
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
	defer cancel()
	address, _ := chromedp.Run(ctx, chromedp.Location())
	text, _ := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("body")))
	return "at " + address + ":\n" + text
}

func (b browser) open(address string) {
	b.t.Helper()
	b.do("open "+address, chromedp.Navigate(address))
}

// logIn chooses the issuer on Horizon's page and fills in the issuer's.
func (b browser) logIn(idp, user string) {
	b.t.Helper()
	b.choose(idp)
	b.expectLoginPage(idp)
	b.fill(idp, user)
}

// choose takes an issuer on Horizon's page.
func (b browser) choose(idp string) {
	b.t.Helper()
	b.open(b.dashboard + "/auth/login/")
	b.do("choose "+idp, chromedp.SetValue(chromedp.CSS("#id_auth_type"), idp), chromedp.Submit(chromedp.CSS("#id_auth_type")))
}

// fill gives the issuer's page a name and a password.
func (b browser) fill(idp, user string) {
	b.t.Helper()
	b.do("log in at "+idp,
		chromedp.SendKeys(chromedp.CSS("#username"), user),
		chromedp.SendKeys(chromedp.CSS("#password"), strings.TrimSpace(labtest.Secret(b.t, b.lab, idp+"-user-"+user))),
		chromedp.Click(chromedp.CSS("#kc-login")))
}

func (b browser) expectLoginPage(realm string) {
	b.t.Helper()
	b.do("wait for the login page of "+realm, chromedp.WaitVisible(chromedp.CSS("#kc-login")))
	if address := b.ask("read the address", chromedp.Location()); !strings.Contains(address, "/realms/"+realm+"/") {
		b.t.Fatalf("login page of another issuer: got %s, want realm %s", address, realm)
	}
}

// expectUser waits until Horizon shows the user's name in its header.
func (b browser) expectUser(name string) {
	b.t.Helper()
	b.do("wait for the header", chromedp.WaitVisible(chromedp.CSS(".user-name")))
	if shown := b.ask("read the user's name", chromedp.Text(chromedp.CSS(".user-name"))); strings.TrimSpace(shown) != name {
		b.t.Fatalf("user in Horizon's header: got %q, want %q", shown, name)
	}
}
