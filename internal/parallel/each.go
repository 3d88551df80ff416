package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do for 0 to n-1, in any order, as many at a time as there are
// processors, and comes back when all are done.
func Each(n int, do func(int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wg.Wait()
}

// All reports whether holds is true of 0 to n-1. It begins no more calls once one
// is not.
func All(n int, holds func(int) bool) bool {
	var failed atomic.Bool
	Each(n, func(i int) {
		if !failed.Load() && !holds(i) {
			failed.Store(true)
		}
	})
	return !failed.Load()
}
