package apply

import "sync"

// ids are the Keystone ids of domains, projects and groups. "" stands for what
// will be made. Steps that run side by side write into it.
type ids struct {
	mu   sync.Mutex
	byID map[ref]string
}

func newIDs() *ids { return &ids{byID: map[ref]string{}} }

// of gives the id, "" for what is unknown or not made yet.
func (i *ids) of(r ref) string {
	id, _ := i.look(r)
	return id
}

func (i *ids) look(r ref) (id string, known bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	id, known = i.byID[r]
	return id, known
}

func (i *ids) set(r ref, id string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.byID[r] = id
}
