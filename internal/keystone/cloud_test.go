package keystone_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
)

func TestCloud(t *testing.T) {
	server := keystonetest.New(t)
	file := filepath.Join(t.TempDir(), "clouds.yaml")
	t.Setenv("OS_CLIENT_CONFIG_FILE", file)
	const cloud = `clouds:
  here:
    auth: {auth_url: %q, username: admin, password: %q, user_domain_name: Default, project_name: admin, project_domain_name: Default}
  careless:
    verify: false
    auth: {auth_url: "https://keystone.example.org", username: admin, password: x, user_domain_name: Default, project_name: admin, project_domain_name: Default}
  bare-token:
    auth_type: token
    auth: {auth_url: "https://keystone.example.org", token: t}
`
	if err := os.WriteFile(file, fmt.Appendf(nil, cloud, server.URL, keystonetest.Password), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, says := range map[string]string{
		"here": "", "careless": "verify: false would show the credentials", "bare-token": "a token needs a project", "absent": `cloud "absent" not found`,
	} {
		t.Run(name, func(t *testing.T) {
			client, err := keystone.Connect(t.Context(), keystone.Auth{Cloud: name})
			switch {
			case says != "" && (err == nil || !strings.Contains(err.Error(), says)):
				t.Errorf("want %q, got: %v", says, err)
			case says == "" && err != nil:
				t.Error(err)
			case says == "":
				if err := keystone.Revoke(t.Context(), client); err != nil || server.ValidTokens() != 0 {
					t.Errorf("%d tokens left: %v", server.ValidTokens(), err)
				}
			}
		})
	}
}
