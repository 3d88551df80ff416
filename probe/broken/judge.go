package broken

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/probe/symptom"
)

// Judge holds what was told against what the case wants.
func (c Case) Judge(t testing.TB, told []Told) {
	t.Helper()
	for _, one := range told {
		// A request without an answer is explained alike at every step.
		if one.Facts.Step == c.Want.step() || one.Facts.Step == "" && one.Diagnosis.Slug == c.Want.Slug {
			c.judge(t, one.Diagnosis)
			return
		}
	}
	c.tell(t, []string{"nothing was explained at the step " + c.Want.step() + ", want " + c.Want.Slug})
}

func (c Case) judge(t testing.TB, d symptom.Diagnosis) {
	t.Helper()
	c.tell(t, c.Want.faults(d))
}

// tell fails the test, but for a case that is known to differ, which has to.
func (c Case) tell(t testing.TB, faults []string) {
	t.Helper()
	if c.Differs != "" && len(faults) == 0 {
		t.Errorf("this is as wanted: delete `differs: %s`", c.Differs)
	}
	for _, fault := range faults {
		if c.Differs == "" {
			t.Error(fault)
		}
	}
}

func (w Want) faults(d symptom.Diagnosis) (faults []string) {
	if d.Slug != w.Slug || string(d.AnsweredBy) != w.AnsweredBy {
		faults = append(faults, fmt.Sprintf("got %q of %s, want %q of %s: %s", d.Slug, d.AnsweredBy, w.Slug, w.AnsweredBy, d.Cause))
	}
	for _, part := range []struct {
		name, got string
		want      []string
	}{{"cause", d.Cause, w.Cause}, {"mend", d.Mend, w.Mend}, {"evidence", strings.Join(d.Evidence, "\n"), w.Evidence}} {
		for _, text := range part.want {
			if !strings.Contains(part.got, text) {
				faults = append(faults, fmt.Sprintf("the %s lacks %q: %s", part.name, text, part.got))
			}
		}
	}
	return faults
}

func (w Want) step() string { return cmp.Or(w.Step, "exchange") }
