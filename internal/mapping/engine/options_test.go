package engine_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
)

// TestOn: what every platform says of its Keystone is a release and a Python that
// the engine knows; a Python after the newest one behaves as that (debian-testing),
// and where the platform leaves the release open it is the newest (plain).
func TestOn(t *testing.T) {
	for _, name := range platform.Names() {
		p, _ := platform.ByName(name)
		got := applying(t, `{"local": [{}], "remote": [{"type": "x"}]}`, engine.On(p))
		if got.Release() != cmp.Or(p.Release, newest()) || got.Python().String() != p.Python {
			t.Errorf("%s: Keystone %s on Python %s, want %s on %s", name, got.Release(), got.Python(), p.Release, p.Python)
		}
		known := python.Versions()
		if after := got.Python().AtLeast(known[len(known)-1].Minor + 1); after != (name == "debian-testing") || !after && !slices.Contains(known, got.Python()) {
			t.Errorf("%s: Python %s is none of %v", name, got.Python(), known)
		}
	}
}
