package oidc_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc"
)

func TestTokenFile(t *testing.T) {
	cases := map[string]struct {
		text string
		mode os.FileMode
		kind oidc.Kind
	}{
		"right":          {"a.b.c\n", 0o600, ""},
		"readable":       {"a.b.c", 0o644, oidc.BadFile},
		"empty":          {"\n", 0o600, oidc.BadFile},
		"two":            {"a.b.c\nd.e.f", 0o600, oidc.BadFile},
		"a header":       {"a\r\nX-Evil: 1", 0o600, oidc.BadFile},
		"too long":       {strings.Repeat("a", 40_000), 0o600, oidc.TooLarge},
		"not characters": {"a\x00b", 0o600, oidc.BadFile},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "token")
			if err := os.WriteFile(path, []byte(tc.text), tc.mode); err != nil {
				t.Fatal(err)
			}
			got, err := oidc.TokenFile(path)
			if oidc.KindOf(err) != tc.kind {
				t.Fatalf("got %v, want kind %q", err, tc.kind)
			}
			if tc.kind == "" && got.Reveal() != "a.b.c" {
				t.Errorf("got %q", got.Reveal())
			}
		})
	}
	if _, err := oidc.TokenFile(t.TempDir()); oidc.KindOf(err) != oidc.BadFile {
		t.Errorf("a folder: %v", err)
	}
}
