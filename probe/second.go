package probe

import (
	"context"
	"errors"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// memory holds the answers to second questions by name, so that each is asked
// once a visit. The zero memory is empty.
type memory struct{ answers map[string]keystone.Answer }

func (m *memory) keep(name string, a keystone.Answer) {
	if m.answers == nil {
		m.answers = map[string]keystone.Answer{}
	}
	m.answers[name] = a
}

// The bounds of a visit's second questions: their number, and the time of each.
const (
	mostSeconds = 12
	secondLimit = 10 * time.Second
)

var errEnough = errors.New("no more questions are asked in this run")

// second asks Keystone's address a harmless question of package symptom.
func (v *visit) second(ctx context.Context, q symptom.Question) (keystone.Answer, error) {
	if a, ok := v.memory.answers[q.Name]; ok {
		return a, nil
	}
	if len(v.memory.answers) >= mostSeconds || ctx.Err() != nil {
		return keystone.Answer{}, errEnough
	}
	own, cancel := context.WithTimeout(because(ctx, q.Says), secondLimit)
	defer cancel()
	a, err := keystone.Ask(own, v.web, keystone.Request{Method: q.Method, URL: q.URL(v.url), Header: q.Header, Body: q.Body})
	if err != nil {
		return a, err
	}
	if len(a.Header.Values("X-Subject-Token")) > 0 {
		_, _ = v.keep(a) // an open path: revoke ends what it gave
	}
	v.memory.keep(q.Name, a)
	return a, nil
}
