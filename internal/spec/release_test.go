package spec_test

import (
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
)

func TestKeystoneRelease(t *testing.T) {
	cases := map[string]struct{ release, platform, want string }{
		"the description's":     {"2024.1", "debian-12", "2024.1"},
		"the platform's":        {"", "rhosp-17.1", "wallaby"},
		"an unknown platform's": {"", "debian-1", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := spec.Federation{Platform: spec.Text{Value: c.platform}}
			f.Keystone.Release.Value = c.release
			if got := f.KeystoneRelease(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
