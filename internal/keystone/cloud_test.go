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
  no-password:
    auth: {auth_url: "https://keystone.example.org", project_name: admin, project_domain_name: Default}
  wrong:
    auth: {auth_url: %q, username: admin, password: wrong, user_domain_name: Default, project_name: admin, project_domain_name: Default}
  bare-token:
    auth_type: token
    auth: {auth_url: "https://keystone.example.org", token: t}
`
	if err := os.WriteFile(file, fmt.Appendf(nil, cloud, server.URL, keystonetest.Password, server.URL), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, says := range map[string]string{
		"here": "", "careless": "cloud careless (" + file + ":4:3): verify: false would show the credentials",
		"bare-token": file + ":11:3): a token needs a project", "absent": file + " has no such cloud; it has bare-token, careless, here, no-password, wrong",
		"hear":        "cloud hear: " + file + " has no such cloud; did you mean here?",
		"no-password": ":7:3): not set: auth.username or auth.user_id, auth.user_domain_name or auth.user_domain_id, auth.password; write it there, or into secure.yaml",
		"wrong":       "the credentials are wrong, or the token has ended: user, password, project or one of their domains",
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

// TestNoCloud: what is wrong with the file is told with its place.
func TestNoCloud(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("OS_CLIENT_CONFIG_FILE", "")
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "nobody"))
	for name, c := range map[string]struct{ text, says string }{
		"no file": {"", "cloud here: there is no clouds.yaml, no " + dir + "/nobody/openstack/clouds.yaml, no /etc/openstack/clouds.yaml; write one"},
		"no YAML": {"clouds:\n  here: [\n", "cloud here: clouds.yaml:2"},
		"nothing": {"{}\n", "clouds.yaml has no such cloud; it has none"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := os.Stat("/etc/openstack/clouds.yaml"); c.text == "" && err == nil {
				t.Skip("this machine has clouds of its own")
			}
			if c.text != "" {
				if err := os.WriteFile("clouds.yaml", []byte(c.text), 0o600); err != nil {
					t.Fatal(err)
				}
				defer os.Remove("clouds.yaml")
			}
			if _, err := keystone.Connect(t.Context(), keystone.Auth{Cloud: "here"}); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("want %q, got: %v", c.says, err)
			}
		})
	}
}
