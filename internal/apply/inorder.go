package apply

import "sync"

// inOrder gives a function by which workers tell that the change of an index is
// over; done is called for those that were made, in the order of the changes.
func inOrder(changes []*Change, done func(Change)) func(i int) {
	var mu sync.Mutex
	over, next := make([]bool, len(changes)), 0
	return func(i int) {
		mu.Lock()
		defer mu.Unlock()
		for over[i] = true; next < len(changes) && over[next]; next++ {
			if changes[next].Applied {
				done(*changes[next])
			}
		}
	}
}
