package broken

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// Replay explains the recorded answers of a case anew. A question that was never
// recorded fails the test.
func Replay(t testing.TB, c Case) []Told {
	t.Helper()
	r := Load(t, c.Name)
	var all []Told
	for _, one := range r.Facts {
		f := one.explained()
		all = append(all, Told{f, symptom.Explain(t.Context(), f, r.asker(t))})
	}
	return all
}

func (r Recording) asker(t testing.TB) symptom.Asker {
	return func(_ context.Context, q symptom.Question) (keystone.Answer, error) {
		a, known := r.Answers[q.Name]
		if !known {
			t.Errorf("the question %q was not recorded: %s", q.Name, howToRecord)
			return keystone.Answer{}, errors.New("not recorded")
		}
		return a.real()
	}
}

// Write writes the diagnosis as a person reads it.
func (d Told) Write(w io.Writer) {
	_, _ = fmt.Fprintf(w, "%s: %d %s [%s]\ncause: %s\nmend: %s\n", d.Facts.Step, d.Facts.Answer.Status, d.Diagnosis.AnsweredBy, d.Diagnosis.Slug, d.Diagnosis.Cause, d.Diagnosis.Mend)
	for _, line := range d.Diagnosis.Evidence {
		_, _ = fmt.Fprintf(w, "evidence: %s\n", line)
	}
	_, _ = fmt.Fprintln(w)
}
