package broken

import (
	"cmp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/report"
	"github.com/fedstone/fedstone/probe/symptom"
)

// TestLive probes every door of the house, as `fedstone probe` does.
func TestLive(t *testing.T) {
	h := Open(t, Cases(t))
	for _, c := range h.cases {
		t.Run(c.Name, func(t *testing.T) {
			r, _ := h.Probe(t, c)
			if c.Want.Slug == "" {
				sound(t, r)
				return
			}
			s := stepOf(t, r, c.Want.step())
			c.judge(t, symptom.Diagnosis{Slug: s.Symptom, AnsweredBy: cmp.Or(s.AnsweredBy, keystone.ByNobody), Cause: s.Cause, Mend: s.Mend, Evidence: s.Notes})
		})
	}
}

func stepOf(t *testing.T, r probe.Result, name string) probe.Step {
	t.Helper()
	for _, s := range r.Providers[0].Steps {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no step %s", name)
	return probe.Step{}
}

// sound: nothing may be found where nothing is wrong.
func sound(t *testing.T, r probe.Result) {
	t.Helper()
	if r.OK() {
		return
	}
	var b strings.Builder
	if err := report.WriteText(&b, probe.Fleet{r}, report.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	t.Error(b.String())
}
