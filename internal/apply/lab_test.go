package apply_test

import (
	"crypto/rand"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
)

// TestScenariosOnKeystone runs on the Keystone of a running lab what the server in
// memory is trusted to answer alike.
func TestScenariosOnKeystone(t *testing.T) {
	client := connect(t, labEnv(t))
	for _, name := range onKeystone() {
		t.Run(name, func(t *testing.T) {
			g := target{client: client, suffix: "-" + strings.ToLower(rand.Text()[:8])}
			t.Cleanup(func() { g.remove(t) })
			scenarios[name](t, g)
		})
	}
}

// onKeystone are the scenarios that a test runs there; FEDSTONE_DEEP=1 is for all.
func onKeystone() []string {
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		return slices.Sorted(maps.Keys(scenarios))
	}
	return []string{"a life", "issuers change places", "prune: all of an identity provider", "prune: disabled projects and domains"}
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
