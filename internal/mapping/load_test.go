package mapping_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestForRefusesAPipe: nobody may ever write to it.
func TestForRefusesAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "rules.json")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := mapping.For(spec.IdentityProvider{Mapping: spec.Text{Value: pipe}}, "zed", "")
	if err == nil || !strings.Contains(err.Error(), "it is a pipe, expected a regular file") {
		t.Errorf("got %v", err)
	}
}
