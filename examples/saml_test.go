package examples_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
)

// partnerBySAML is a second SAML identity provider beside the example's.
const partnerBySAML = `
  partner-saml:
    saml:
      entity_id: https://localhost:15443/realms/partner
      metadata: https://localhost:15443/realms/partner/protocol/saml/descriptor
      remote_id: urn:partner-saml # the quickstart's partner has the entity id for its own
    rules: [{user: {name: "{NAME_ID}"}, groups: "{groups}", only: {groups: [cloud-users, readers]}}]
    groups: {readers: [{project: demo, roles: [reader]}]}
    probe: {username: bob, password: {env: PARTNER_BOB_PASSWORD}, user: bob}
`

// TestSAML walks examples/saml, with a second SAML identity provider, on the real programs.
func TestSAML(t *testing.T) {
	q := labtest.Open(t)
	d := labtest.SAML(t, partnerBySAML+twinBySAML)
	t.Cleanup(func() { leaveSAML(t, d) })
	t.Run("programs, by ECP", func(t *testing.T) {
		d.Run(t, "probe", "--idp", "corp-saml", "--idp", "partner-saml")
	})
	t.Run("what is refused", func(t *testing.T) { samlProbed(t, d) })
	t.Run("a second render and apply change nothing", func(t *testing.T) {
		d.Run(t, "render", "-o", q.Root, "--prefix", q.Root, "--check")
		d.Run(t, "apply", "--plan")
	})
	t.Run("what is rendered has no errors", func(t *testing.T) {
		if out, err := exec.Command(d.Binary, "validate", "--fail-on", "error", "--platform", "debian-12", q.Root).CombinedOutput(); err != nil {
			t.Errorf("validate: %v\n%s", err, out)
		}
	})
	t.Run("what a client sends is no attribute", func(t *testing.T) { forgedAttributes(t, d) })
	t.Run("what opens one door opens no other", func(t *testing.T) { samlDoorsApart(t, d) })
	t.Run("keys", func(t *testing.T) { serviceProviderKeys(t, d) })
	if q.HorizonURL != "" {
		t.Run("browsers, through Horizon", func(t *testing.T) { samlBrowser(t, d) })
	}
}

// leaveSAML puts the quickstart's tree in the place of this one. The identity providers stay in Keystone, disabled: one
// that is deleted and made again does not know its users any more.
func leaveSAML(t *testing.T, d labtest.Deployment) {
	leaveDoors(t, d, "corp-saml", "partner-saml", "twin")
}

// ofLab gives the lab's own variables, and none of whoever runs the test.
func ofLab(d labtest.Deployment) func(string) (string, bool) {
	all := map[string]string{}
	for _, line := range d.Lab.Env() {
		name, value, _ := strings.Cut(line, "=")
		all[name] = value
	}
	return func(name string) (string, bool) { v, ok := all[name]; return v, ok }
}

func leaveDoors(t *testing.T, d labtest.Deployment, ids ...string) {
	admin, err := keystone.Connect(background(t), keystone.Auth{CAFile: d.Lab.CAFile, LookupEnv: ofLab(d)})
	if err != nil {
		t.Error(err)
		return
	}
	for _, id := range ids {
		if err := keystone.UpdateIdentityProvider(background(t), admin, id, keystone.IdentityProviderUpdate{Enabled: new(bool)}); err != nil {
			t.Error(err)
		}
	}
	if err := os.WriteFile(d.File, labtest.QuickstartText(t, d.Lab), 0o600); err != nil {
		t.Error(err)
	}
	place(t, d)
}

// forgedAttributes: no path makes attributes of headers, with a session or without.
func forgedAttributes(t *testing.T, d labtest.Deployment) {
	web, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/v3/OS-FEDERATION/identity_providers/corp-saml/protocols/saml2/auth", "/v3/OS-FEDERATION/identity_providers/corp-saml/protocols/saml2/auth/",
		"/v3/OS-FEDERATION/identity_providers/Corp-SAML/protocols/saml2/auth", "/v3//OS-FEDERATION/identity_providers/corp-saml/protocols/saml2/auth",
		"/v3/auth/OS-FEDERATION/identity_providers/corp-saml/protocols/saml2/websso?origin=" + d.Lab.HorizonURL + "/auth/websso/",
		"/v3/auth/OS-FEDERATION/websso/saml2?origin=" + d.Lab.HorizonURL + "/auth/websso/",
	} {
		if status, token := forged(t, web, http.MethodGet, d.Lab.KeystoneURL+path, ""); status < 300 || token {
			t.Errorf("GET %s with forged attributes: %d, token %v", path, status, token)
		}
	}
	body := `{"auth": {"identity": {"methods": ["saml2"], "saml2": {"identity_provider": "corp-saml", "protocol": "saml2"}}}}`
	if status, token := forged(t, web, http.MethodPost, d.Lab.KeystoneURL+"/v3/auth/tokens", body); status < 400 || token {
		t.Errorf("POST /v3/auth/tokens with forged attributes: %d, token %v", status, token)
	}
}

func forged(t *testing.T, web *http.Client, method, address, body string) (status int, token bool) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for _, name := range []string{"MELLON_IDP", "MELLON_NAME_ID", "MELLON_username", "MELLON_groups"} {
		value := map[string]string{"MELLON_IDP": "urn:corp-saml", "MELLON_groups": "cloud-users"}[name]
		if value == "" {
			value = "alice"
		}
		for _, spelling := range []string{name, strings.ReplaceAll(name, "_", "-"), "REDIRECT_" + name} {
			req.Header[spelling] = []string{value}
		}
	}
	res, err := web.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode, res.Header.Get("X-Subject-Token") != ""
}

// serviceProviderKeys: made once, for their owner alone, and shown nowhere.
func serviceProviderKeys(t *testing.T, d labtest.Deployment) {
	file := filepath.Join(filepath.Dir(d.File), "saml", "corp-saml.key")
	key, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode of %s: %v, %v", file, info.Mode(), err)
	}
	if err := os.Remove(filepath.Join(d.Lab.Root, "etc", "apache2", "saml2", "corp-saml", "sp.key")); err != nil {
		t.Fatal(err)
	}
	shown, _ := d.Command("render", "-o", d.Lab.Root, "--prefix", d.Lab.Root, "--diff").CombinedOutput() // status 1: it differs
	said := string(shown) + d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
	if line := strings.Split(string(key), "\n")[1]; strings.Contains(said, line) {
		t.Error("render shows the key")
	}
	if again, err := os.ReadFile(file); err != nil || !bytes.Equal(key, again) {
		t.Errorf("the key is another after a second render: %v", err)
	}
	inTree, err := os.Stat(filepath.Join(d.Lab.Root, "etc", "apache2", "saml2", "corp-saml", "sp.key"))
	if err != nil || inTree.Mode().Perm()&0o007 != 0 {
		t.Errorf("the key in the tree: %v, %v", inTree, err)
	}
}
