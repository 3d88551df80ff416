package spec_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/spec"
)

const renamed = `version: 1
keystone: {url: "https://keystone.example.org:5000"}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
identity_providers:
  other:
    issuer: https://other.example.org
    client: {id: keystone, secret: {env: OTHER}}
    rules: [{user: {name: "{sub}"}}]
  corp:
    issuer: https://sso.example.org
    client: {id: keystone, secret: {file: secrets/corp}} # the relying party
    bearer: {audience: keystone, clients: ['cli', keystone]}
    rules: [{user: {name: "{sub}"}}]
    probe: {grant: client_credentials, client: {id: cli, secret: {file: secrets/cli}}}
    register:
      by: dynamic
      clients:
        "cli": {grants: [client_credentials], secret: {file: secrets/cli}}
`

func TestRenameClient(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"the relying party": {"keystone", "Zx-81", strings.NewReplacer(
			"id: keystone, secret: {file", `id: "Zx-81", secret: {file`, "'cli', keystone]", `'cli', "Zx-81"]`).Replace(renamed)},
		"a client of the command line": {"cli", `a"b\c {d}: #e`, strings.NewReplacer("'cli'", `"a\"b\\c {d}: #e"`, "{id: cli,", `{id: "a\"b\\c {d}: #e",`,
			`"cli":`, `"a\"b\\c {d}: #e":`).Replace(renamed)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := spec.RenameClient("federation.yaml", []byte(renamed), "corp", c.from, c.to)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestRenameClientRefuses(t *testing.T) {
	for name, c := range map[string]struct{ src, idp, from string }{
		"a client that is not there":   {renamed, "corp", "nobody"},
		"a provider that is not there": {renamed, "none", "cli"},
		"a source that is broken":      {renamed + "\n]", "corp", "cli"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := spec.RenameClient("federation.yaml", []byte(c.src), c.idp, c.from, "new"); err == nil {
				t.Errorf("got\n%s", got)
			}
		})
	}
}
