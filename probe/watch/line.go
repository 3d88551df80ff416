package watch

import (
	"fmt"
	"strings"
	"time"
)

// Change is what is otherwise than in the last run.
type Change string

// The changes.
const (
	Failed             Change = "failed"          // it passed before, or was not watched
	FailsOtherwise     Change = "fails-otherwise" // at another step, or for another cause
	Recovered          Change = "recovered"
	KeysChanged        Change = "keys-changed" // the issuer's key ids are others
	IsolationFailed    Change = "isolation-failed"
	IsolationRecovered Change = "isolation-recovered"
)

// Line is a run at one identity provider, as one line of JSON. What is told of the
// failure is empty where the walk passed.
type Line struct {
	Version    int              `json:"version"` // 1
	Time       time.Time        `json:"time"`    // the run's start
	Run        int              `json:"run"`     // counts from 1
	Missed     int              `json:"missed_runs"`
	Provider   string           `json:"identity_provider"`
	Controller string           `json:"controller,omitempty"`
	OK         bool             `json:"ok"`
	FailedStep string           `json:"failed_step,omitempty"`
	Symptom    string           `json:"symptom,omitempty"`
	Status     int              `json:"status,omitempty"`
	AnsweredBy string           `json:"answered_by,omitempty"`
	Cause      string           `json:"cause,omitempty"`
	Mend       string           `json:"mend,omitempty"`
	DurationMS int64            `json:"duration_ms"`
	StepsMS    map[string]int64 `json:"steps_ms"`
	Isolation  *isolation       `json:"isolation,omitempty"`
	Changes    []Change         `json:"changes"`
}

type isolation struct {
	Cells    int `json:"cells"`
	Failed   int `json:"failed"`
	Critical int `json:"critical"`
}

func lineOf(at place, w walk, changes []Change) Line {
	out := Line{
		Version: 1, Provider: at.provider, Controller: at.controller, OK: w.provider.OK() && w.cells.failed == 0,
		DurationMS: w.provider.Took().Milliseconds(), StepsMS: map[string]int64{}, Changes: append([]Change{}, changes...),
	}
	if s := blamed(w.provider); s.Name != "" {
		out.FailedStep, out.Symptom, out.Status, out.AnsweredBy, out.Cause, out.Mend = s.Name, s.Symptom, s.Status, s.Who(), s.Cause, s.Mend
	}
	for _, s := range w.provider.Steps {
		out.StepsMS[s.Name] = s.Took.Milliseconds()
	}
	if w.cells.asked > 0 {
		out.Isolation = &isolation{w.cells.asked, w.cells.failed, w.cells.critical}
	}
	return out
}

// changed compares two walks. The first one of a place is compared with one that
// passed.
func changed(before, now walk, known bool) []Change {
	var out []Change
	was, is := blamed(before.provider), blamed(now.provider)
	passed := !known || before.provider.OK()
	switch {
	case passed && !now.provider.OK():
		out = append(out, Failed)
	case !passed && now.provider.OK():
		out = append(out, Recovered)
	case !passed && (was.Name != is.Name || was.Symptom != is.Symptom):
		out = append(out, FailsOtherwise)
	}
	switch {
	case before.cells.failed == 0 && now.cells.failed > 0:
		out = append(out, IsolationFailed)
	case before.cells.failed > 0 && now.cells.failed == 0 && now.cells.asked > 0:
		out = append(out, IsolationRecovered)
	}
	return out
}

// words tell the changes to a person, a text for each.
func (l Line) words() []string {
	who := l.Provider
	if l.Controller != "" {
		who += " at " + l.Controller
	}
	var out []string
	for _, c := range l.Changes {
		text := fmt.Sprintf("%s %s: %s", l.Time.Format(time.RFC3339), who, strings.ReplaceAll(string(c), "-", " "))
		switch c {
		case Failed, FailsOtherwise:
			text += l.why()
		case IsolationFailed:
			text += fmt.Sprintf(": %d of %d cells, %d of them let in what had to be refused", l.Isolation.Failed, l.Isolation.Cells, l.Isolation.Critical)
		}
		out = append(out, text)
	}
	return out
}

func (l Line) why() string {
	text := fmt.Sprintf(": %s: %s", l.FailedStep, l.Cause)
	if l.Symptom != "" {
		text += " [" + l.Symptom + "]"
	}
	if l.Mend != "" {
		text += "\n" + l.Mend
	}
	return text
}
