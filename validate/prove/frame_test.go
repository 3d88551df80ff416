package prove_test

import (
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestApplicationIsOpen: what no Location names reaches the application, as on a controller.
func TestApplicationIsOpen(t *testing.T) {
	t.Parallel()
	site := prove.Start(t, "testdata/good")
	if got := site.Ask(t, prove.Ask{Path: "/v3"}); got.Env == nil {
		t.Errorf("%d, and no environment of the application", got.Status)
	}
}
