package probe

import (
	"context"

	"github.com/fedstone/fedstone/probe/symptom"
)

// When a cell is asked. Cold, no token has been at Keystone yet: the diagonal is
// left to the exchange. After use every token has been accepted at its own path,
// and a cache that does not tell issuers apart would now let it in elsewhere.
const (
	cold     = "cold"
	afterUse = "after-use"
)

// matrix asks every token at every path, twice.
type matrix struct {
	visits []*visit
	slots  Slots
	keys   strangeKeys
	trials []trial
	cells  []Cell
}

// cold gets the tokens that must be refused, and asks before the exchanges.
func (m *matrix) cold(ctx context.Context) {
	m.slots.each(m.visits, func(v *visit) { v.gather(ctx) })
	m.trials = append(tokenTrials(m.visits), otherTrials(m.visits)...)
	m.trials = append(m.trials, forgedTrials(m.visits, &m.keys)...)
	m.trials = append(m.trials, headerTrials(m.visits)...)
	m.ask(ctx, cold, func(t trial) bool { return t.want != letIn })
}

// afterUse asks after the exchanges.
func (m *matrix) afterUse(ctx context.Context) {
	m.remember()
	m.diagonal()
	m.ask(ctx, afterUse, func(t trial) bool { return !t.once })
}

// remember notes which tokens were refused cold: one that is let in now comes from a
// cache.
func (m *matrix) remember() {
	refusedCold := map[string]bool{}
	for _, c := range m.cells {
		refusedCold[c.key()] = c.Verdict == Pass
	}
	for i, t := range m.trials {
		if t.kind == KindOwn && t.want == refused && refusedCold[t.blank(cold).key()] {
			m.trials[i].facts = append([]symptom.Fact{symptom.FromCache}, t.facts...)
		}
	}
}

// ask fills the cells. The doors of several providers are asked at the same time;
// what is asked at one is asked one after the other, so that no answer is the
// outcome of two.
func (m *matrix) ask(ctx context.Context, when string, wanted func(trial) bool) {
	var trials []trial
	for _, t := range m.trials {
		if wanted(t) {
			trials = append(trials, t)
		}
	}
	cells := make([]Cell, len(trials))
	m.slots.each(m.visits, func(v *visit) {
		for i, t := range trials {
			if t.visit == v {
				cells[i] = t.cell(ctx, when)
			}
		}
	})
	m.cells = append(m.cells, cells...)
}

// diagonal gives the cold cells that the exchanges have asked.
func (m *matrix) diagonal() {
	for _, t := range m.trials {
		v := t.visit
		if t.kind != KindOwn || t.want != letIn || v.answer.Status == 0 {
			continue
		}
		c := t.blank(cold)
		t.judge(context.Background(), &c, v.answer)
		m.cells = append(m.cells, c)
	}
}
