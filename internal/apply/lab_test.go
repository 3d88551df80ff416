package apply_test

import (
	"crypto/rand"
	"os"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
)

// TestScenariosOnKeystone runs on the Keystone of a running lab what the server in
// memory is trusted to answer alike.
func TestScenariosOnKeystone(t *testing.T) {
	client := connect(t, labEnv(t))
	for _, name := range []string{"a life", "issuers change places"} {
		t.Run(name, func(t *testing.T) {
			g := target{client: client, suffix: "-" + strings.ToLower(rand.Text()[:8])}
			t.Cleanup(func() { g.remove(t) })
			scenarios[name](t, g)
		})
	}
}

// labEnv is the environment of the lab's administrator.
func labEnv(t *testing.T) map[string]string {
	t.Helper()
	running, err := lab.Open(os.Getenv("FEDSTONE_LAB"))
	switch {
	case err == nil:
	case os.Getenv("FEDSTONE_REQUIRE_LAB") == "1":
		t.Fatalf("FEDSTONE_LAB=%s: %v", os.Getenv("FEDSTONE_LAB"), err)
	default:
		t.Skipf("needs a real Keystone: run under `fedstone lab run` (FEDSTONE_LAB=%s: %v)", os.Getenv("FEDSTONE_LAB"), err)
	}
	env := map[string]string{}
	for _, line := range running.Env() {
		name, value, _ := strings.Cut(line, "=")
		env[name] = value
	}
	return env
}
