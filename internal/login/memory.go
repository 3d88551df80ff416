package login

import (
	"context"
	"sync"
)

// memory is the store of a run without a cache: several targets of one run share
// a login all the same. Its zero value is empty.
type memory struct {
	turn sync.Mutex // one login at a time
	mu   sync.Mutex
	held map[string]held
}

func (m *memory) Lock(ctx context.Context, _ string, _ func()) (func(), error) {
	m.turn.Lock()
	if err := ctx.Err(); err != nil {
		m.turn.Unlock()
		return nil, interrupted("", err)
	}
	return m.turn.Unlock, nil
}

func (m *memory) load(name string) (record, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.held[name].record, "", nil
}

func (m *memory) save(name string, h held) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held == nil {
		m.held = map[string]held{}
	}
	m.held[name] = h
	return nil
}

func (m *memory) all() []held {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []held
	for _, h := range m.held {
		out = append(out, h)
	}
	return out
}
