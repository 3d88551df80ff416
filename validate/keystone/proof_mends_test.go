package keystone_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// mends are the configurations of which one Keystone serves several proofs: most mends
// are one and the same.
type mends struct {
	t       *testing.T
	mu      sync.Mutex
	running map[string]*running
}

// running is a Keystone that takes one request at a time.
type running struct {
	sync.Mutex
	*prove.Keystone
}

// ask sends a request to a Keystone with a fixture's configuration.
func (m *mends) ask(t *testing.T, fixture string, c prove.Call) prove.Reply {
	t.Helper()
	r := m.of(t, fixture)
	r.Lock()
	defer r.Unlock()
	if r.Keystone == nil {
		r.Keystone = prove.StartKeystone(m.t, fixture, objects())
	}
	return r.Ask(t, c)
}

// of gives the Keystone of a fixture: of all that have its files, one.
func (m *mends) of(t *testing.T, fixture string) *running {
	t.Helper()
	var key strings.Builder
	files, err := filepath.Glob(filepath.Join(fixture, "etc/keystone/*.*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no keystone.conf: %v", fixture, err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(name) != "objects.json" {
			fmt.Fprintf(&key, "%s\n%s\n", filepath.Base(name), text)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.running[key.String()] == nil {
		m.running[key.String()] = &running{}
	}
	return m.running[key.String()]
}

// objects are an identity provider whose users get a role.
func objects() prove.Objects {
	const rules = `[{"local": [{"user": {"name": "{0}"}}, {"group": {"id": "readers"}}], "remote": [{"type": "OIDC-sub"}]}]`
	return prove.Objects{
		IdentityProviders: []prove.IdentityProvider{{ID: "op1", RemoteIDs: []string{issuer}}},
		Protocols:         []prove.Protocol{{IdentityProvider: "op1", ID: "openid", Mapping: "m"}},
		Mappings:          map[string]json.RawMessage{"m": json.RawMessage(rules)},
		Groups:            []prove.Named{{ID: "readers", Name: "readers", Domain: "default"}},
	}
}

// env is what httpd tells Keystone of a user of an issuer.
func env(iss string) map[string]string {
	return map[string]string{"OIDC-iss": iss, "OIDC-sub": "alice"}
}
