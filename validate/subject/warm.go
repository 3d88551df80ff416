package subject

import (
	"runtime"
	"sync"
)

// Warm finds out what most rules ask of every door, on all processors. After it,
// rules of several topics may ask at the same time.
func (s *Site) Warm() {
	for _, t := range s.Trees {
		doors := t.Doors()
		t.Problems()
		size := len(doors)/runtime.GOMAXPROCS(0) + 1
		var group sync.WaitGroup
		for from := 0; from < len(doors); from += size {
			group.Go(func() {
				for _, d := range doors[from:min(from+size, len(doors))] {
					d.warm()
				}
			})
		}
		group.Wait()
	}
}

func (d *Door) warm() {
	d.AuthType()
	d.Require().Denied()
	d.Require().Open()
	d.Require().Lines()
}
