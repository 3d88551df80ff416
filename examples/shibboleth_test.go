package examples_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/ecp"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// TestShibboleth walks examples/saml, with a second SAML identity provider, by Shibboleth's SP.
func TestShibboleth(t *testing.T) {
	q := labtest.Open(t)
	d := labtest.Shibboleth(t, partnerBySAML)
	t.Cleanup(func() { leaveShibboleth(t, d) })
	t.Run("what is rendered has no errors", func(t *testing.T) {
		if out, err := exec.Command(d.Binary, "validate", "--fail-on", "error", "--platform", "debian-12", q.Root).CombinedOutput(); err != nil {
			t.Errorf("validate: %v\n%s", err, out)
		}
	})
	t.Run("programs, by ECP, with the groups of the user", func(t *testing.T) {
		d.Run(t, "probe", "--idp", "corp-saml", "--idp", "partner-saml")
	})
	t.Run("bearer tokens beside", func(t *testing.T) { bearerBeside(t, d) })
	t.Run("a wrong password", func(t *testing.T) { wrongPassword(t, d) })
	t.Run("what a client sends is no attribute", func(t *testing.T) { forgedShibboleth(t, d) })
	t.Run("a session of one opens no other", func(t *testing.T) { otherDoor(t, d) })
	t.Run("endpoints that no login needs are closed", func(t *testing.T) { closedEndpoints(t, d) })
}

// leaveShibboleth takes Shibboleth's own files away, too, which no other tree has: with them goes its daemon.
func leaveShibboleth(t *testing.T, d labtest.Deployment) {
	if err := os.RemoveAll(filepath.Join(d.Lab.Root, "etc", "shibboleth")); err != nil {
		t.Error(err)
	}
	leaveDoors(t, d, "corp-saml", "partner-saml")
}

// bearerBeside: mod_shib takes part in the httpd of the other doors, too.
func bearerBeside(t *testing.T, d labtest.Deployment) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.Lab.KeystoneURL+keystone.AuthPath("corp", "openid"), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+labtest.BearerToken(t, d.Lab, "corp"))
	res, err := webOf(t, d).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || !json.Valid(body) { // of Keystone, whose rules name people and no program
		t.Errorf("a bearer token: %s %s, %v, expected an answer of Keystone", res.Status, body, err)
	}
}

func wrongPassword(t *testing.T, d labtest.Deployment) {
	probe := d.Command("probe", "--idp", "corp-saml")
	probe.Env = append(slices.Clone(probe.Env), "CORP_ALICE_PASSWORD=no-password-of-alice")
	out, err := probe.CombinedOutput()
	if _, failed := err.(*exec.ExitError); !failed || !strings.Contains(string(out), "ecp-login") || strings.Contains(string(out), "no-password-of-alice") {
		t.Errorf("probe with a wrong password: %v\n%s", err, out)
	}
}

// forgedShibboleth: no header makes an attribute, and no one sends who has no session elsewhere than to log in.
func forgedShibboleth(t *testing.T, d labtest.Deployment) {
	web := webOf(t, d)
	const at = "/v3/OS-FEDERATION/identity_providers/corp-saml/protocols/saml2/auth"
	for _, path := range []string{at, at + "/", strings.Replace(at, "corp-saml", "Corp-SAML", 1), strings.Replace(at, "v3/", "v3//", 1)} {
		res := forgedBy(t, web, d.Lab.KeystoneURL+path)
		if res.StatusCode < 300 || res.Header.Get("X-Subject-Token") != "" {
			t.Errorf("GET %s with forged attributes: %s", path, res.Status)
		}
		if path == at && (res.StatusCode != http.StatusFound || !strings.Contains(res.Header.Get("Location"), "/realms/corp/")) {
			t.Errorf("GET %s without PAOS: %s to %q, expected 302 to the identity provider", path, res.Status, res.Header.Get("Location"))
		}
	}
}

// otherDoor logs bob in at partner, and shows that session at both doors.
func otherDoor(t *testing.T, d labtest.Deployment) {
	door := func(id string) string { return d.Lab.KeystoneURL + keystone.AuthPath(id, "saml2") }
	password, err := os.ReadFile(filepath.Join(d.Lab.Dir, "secrets", "partner-user-bob"))
	if err != nil {
		t.Fatal(err)
	}
	c := &ecp.Client{Web: webOf(t, d), URL: door("partner-saml"), Mask: &secret.Redactor{}}
	steps := []func() (keystone.Answer, error){
		func() (keystone.Answer, error) { return c.Ask(t.Context()) },
		func() (keystone.Answer, error) {
			return c.LogIn(t.Context(), d.Lab.Issuers[1].URL+"/protocol/saml", "bob", secret.New(strings.TrimSpace(string(password))))
		},
		func() (keystone.Answer, error) { return c.Consume(t.Context()) },
		func() (keystone.Answer, error) { return c.Exchange(t.Context()) },
	}
	var a keystone.Answer
	for _, step := range steps {
		if a, err = step(); err != nil {
			t.Fatal(err)
		}
	}
	if a.Status != http.StatusCreated {
		t.Errorf("the session at its own door: %d, expected 201", a.Status)
	}
	c.URL = door("corp-saml")
	if a, err = c.Exchange(t.Context()); err != nil || a.Status != http.StatusFound {
		t.Errorf("the session at another's door: %d, %v, expected 302 to log in", a.Status, err)
	}
}

func closedEndpoints(t *testing.T, d labtest.Deployment) {
	web := webOf(t, d)
	for _, path := range []string{"/corp-saml/Login", "/corp-saml/SAML2/Artifact", "/corp-saml/Status", "/Login"} {
		if res := forgedBy(t, web, d.Lab.KeystoneURL+"/v3/OS-FEDERATION/saml2"+path); res.StatusCode < 400 {
			t.Errorf("GET %s: %s, expected a refusal", path, res.Status)
		}
	}
}

func webOf(t *testing.T, d labtest.Deployment) *http.Client {
	t.Helper()
	web, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	return web
}

// forgedBy asks with headers that Shibboleth's SP would hand on, if it used headers.
func forgedBy(t *testing.T, web *http.Client, address string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Shib-Identity-Provider": "urn:corp-saml", "Shib-Session-ID": "_1", "SHIB_username": "alice", "SHIB-username": "alice", "SHIB_groups": "cloud-users", "eppn": "alice"} {
		req.Header[name] = []string{value}
	}
	res, err := web.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res
}
