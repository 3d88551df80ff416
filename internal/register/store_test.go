package register_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/internal/register"
)

// TestTwoRuns: one run at a time holds what is kept.
func TestTwoRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.json")
	first, err := register.OpenStore(path, "https://op.example.org")
	if err != nil {
		t.Fatal(err)
	}
	if second, err := register.OpenStore(path, "https://op.example.org"); err == nil {
		second.Close()
		t.Error("a second run holds it, too")
	}
	first.Close()
	again, err := register.OpenStore(path, "https://op.example.org")
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

// TestStoreRefuses: what is kept is private, of this issuer, and whole.
func TestStoreRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
	}{
		"readable by others": {`{"version": 1, "issuer": "https://op.example.org", "clients": {}}`, 0o644},
		"another issuer":     {`{"version": 1, "issuer": "https://other.example.org", "clients": {}}`, 0o600},
		"another version":    {`{"version": 2, "issuer": "https://op.example.org", "clients": {}}`, 0o600},
		"broken":             {`{"version": 1, "issuer": "https://op.example.org", "cli`, 0o600},
		"empty":              {``, 0o600},
		"without clients":    {`{"version": 1, "issuer": "https://op.example.org", "clients": null}`, 0o600},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "kept.json")
			if err := os.WriteFile(path, []byte(c.text), c.mode); err != nil {
				t.Fatal(err)
			}
			if s, err := register.OpenStore(path, "https://op.example.org"); err == nil {
				s.Close()
				t.Error("it is taken")
			}
		})
	}
}
