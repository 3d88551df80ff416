package engine_test

import (
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
)

// TestOn: what every platform says of its Keystone is a release and a Python that
// the engine knows.
func TestOn(t *testing.T) {
	for _, name := range platform.Names() {
		p, _ := platform.ByName(name)
		got := applying(t, `{"local": [{}], "remote": [{"type": "x"}]}`, engine.On(p))
		if got.Release() != p.Release || got.Python().String() != p.Python {
			t.Errorf("%s: Keystone %s on Python %s, want %s on %s", name, got.Release(), got.Python(), p.Release, p.Python)
		}
		if !slices.Contains(python.Versions(), got.Python()) {
			t.Errorf("%s: Python %s is none of %v", name, got.Python(), python.Versions())
		}
	}
}
