package broken

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

// description is the federation.yaml of a case. It says what ought to be: what is
// wrong lies elsewhere, but for rules.
const description = `version: 1
keystone: {url: %q%s}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
identity_providers:
  %s:
    issuer: %s
    client: {id: keystone, secret: {env: SECRET}}
    bearer: {audience: keystone, clients: [keystone-cli]}
    mapping: rules.json
    probe: {grant: client_credentials, client: {id: keystone-cli, secret: {env: SECRET}}}
`

// Describe loads the case's description from a folder of its own, and gives the
// options of a run.
func (h *House) Describe(t testing.TB, c Case) (*spec.Federation, probe.Options) {
	t.Helper()
	dir := h.path("descriptions-" + c.Name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"rules.json": read(t, "rules", c.rules()+".json"), "federation.yaml": c.description()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fed, findings := spec.Load(filepath.Join(dir, "federation.yaml"), []byte(c.description()))
	if fed == nil || len(findings) > 0 {
		t.Fatalf("%s: %v", c.Name, findings)
	}
	fed.IdentityProviders[0].Protocol.Value = c.protocol() // also what no description may say
	return fed, probe.Options{
		Client: h.client, Mask: h.mask,
		Resolve: func(spec.Secret) (secret.Value, error) { return secret.New(h.issuer.secret), nil },
		Local:   func(path string) string { return filepath.Join(dir, path) },
	}
}

func (c Case) description() string {
	dashboards := ""
	if c.WebSSO {
		dashboards = `, dashboards: ["https://dashboard.broken.test"]`
	}
	return fmt.Sprintf(description, c.url(), dashboards, c.Name, issuerOf(c.Name))
}

func (c Case) door() string {
	if c.Door == "" {
		return "sound"
	}
	return c.Door
}

// url is keystone.url: the door's, with the path of URL where that is one.
func (c Case) url() string {
	if strings.HasPrefix(c.URL, "https://") {
		return c.URL
	}
	return "https://" + hostOf(c.door()) + c.URL
}
