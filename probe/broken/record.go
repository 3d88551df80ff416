package broken

import (
	"context"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/symptom"
)

// Probe runs the real probe at a case, and gives what each diagnosis was made
// from and what came of it.
func (h *House) Probe(t testing.TB, c Case) (probe.Result, []Told) {
	t.Helper()
	for _, before := range h.cases {
		if before.Name == c.After {
			h.Probe(t, before)
		}
	}
	fed, opts := h.Describe(t, c)
	var told []Told
	opts.Explained = func(f symptom.Facts, d symptom.Diagnosis) { told = append(told, Told{f, d}) }
	r, err := probe.Run(t.Context(), fed, opts)
	if err != nil {
		t.Fatal(err)
	}
	return r, told
}

// Told is a diagnosis and what it was made from.
type Told struct {
	Facts     symptom.Facts
	Diagnosis symptom.Diagnosis
}

// Record probes a case and writes down what came.
func (h *House) Record(t testing.TB, c Case) {
	t.Helper()
	_, told := h.Probe(t, c)
	if len(told) == 0 {
		t.Errorf("%s: nothing had to be explained", c.Name)
		return
	}
	r := Recording{Answers: map[string]answer{}}
	for _, one := range told {
		r.Facts = append(r.Facts, facts{one.Facts, keep(one.Facts.Answer, nil)})
		for _, a := range one.Diagnosis.Asked {
			r.Answers[a.Question.Name] = keep(a.Answer, a.Err)
		}
	}
	h.askTheRest(t.Context(), r, told[0].Facts.Names)
	r.save(t, c.Name, h.stiller())
}

// askTheRest asks what this diagnosis did not have to.
func (h *House) askTheRest(ctx context.Context, r Recording, n symptom.Names) {
	for _, q := range symptom.Questions(n) {
		if _, known := r.Answers[q.Name]; known {
			continue
		}
		r.Answers[q.Name] = keep(keystone.Ask(ctx, h.client, keystone.Request{Method: q.Method, URL: q.URL(n.Keystone), Header: q.Header, Body: q.Body}))
	}
}

func (h *House) stiller() stiller {
	return stiller{mask: h.mask, words: map[string]string{h.dir: "/house"}}
}
