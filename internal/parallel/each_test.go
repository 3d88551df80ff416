package parallel_test

import (
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/internal/parallel"
)

// TestEach holds that each number comes once.
func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		seen := make([]atomic.Int32, n)
		parallel.Each(n, func(i int) { seen[i].Add(1) })
		for i := range seen {
			if got := seen[i].Load(); got != 1 {
				t.Errorf("of %d: %d came %d times", n, i, got)
			}
		}
	}
}

// TestAll holds that one that is false is enough, wherever it stands.
func TestAll(t *testing.T) {
	const n = 100
	if !parallel.All(n, func(int) bool { return true }) || !parallel.All(0, func(int) bool { return false }) {
		t.Error("nothing is false, and yet not all are true")
	}
	for wrong := range n {
		if parallel.All(n, func(i int) bool { return i != wrong }) {
			t.Errorf("%d is false, and yet all are true", wrong)
		}
	}
}
