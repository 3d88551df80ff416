package python_test

import (
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/python"
)

func TestDefaultIsKnown(t *testing.T) {
	if !slices.Contains(python.Versions(), python.Default()) {
		t.Errorf("%s is none of %v", python.Default(), python.Versions())
	}
}
