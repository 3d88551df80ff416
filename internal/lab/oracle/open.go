package oracle

import (
	"errors"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// Open starts the release's engine for a test or benchmark and ends it with it.
// Where the release is not installed the test is skipped as labtest.Require does.
func Open(t testing.TB, release string) *Oracle {
	t.Helper()
	o, err := Start(t.Context(), release)
	if errors.Is(err, lab.ErrNotInstalled) {
		labtest.Require(t, err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() }) // by then the test's context has ended it
	return o
}
