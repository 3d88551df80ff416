package probe

import "sync"

// Slots bounds how much is done at the same time. The zero Slots does one thing
// after the other.
type Slots chan struct{}

// NewSlots makes Slots for n at a time.
func NewSlots(n int) Slots { return make(Slots, max(n, 1)) }

// each does something at every visit and comes back when all of it is done.
func (s Slots) each(visits []*visit, do func(*visit)) {
	if s == nil {
		for _, v := range visits {
			do(v)
		}
		return
	}
	var all sync.WaitGroup
	for _, v := range visits {
		s <- struct{}{}
		all.Go(func() {
			defer func() { <-s }()
			do(v)
		})
	}
	all.Wait()
}
