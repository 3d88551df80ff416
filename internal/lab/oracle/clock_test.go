package oracle_test

import (
	"encoding/json"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/oracle"
)

// TestWorkload: every login of a workload is mapped, by one rule in ten here, and can be clocked.
func TestWorkload(t *testing.T) {
	for _, w := range []oracle.Workload{{Rules: 20, Teams: 10, Conditions: 1, Values: 3}, {Rules: 20, Teams: 10, Conditions: 2, Values: 1, Regex: true}} {
		mapping, err := w.Mapping()
		if err != nil {
			t.Fatal(err)
		}
		o := start(t, "zed", 1)
		answer := ask(t, o, oracle.Case{Mapping: mapping, Assertion: w.Assertion(3)})[0]
		var got struct {
			User  map[string]any `json:"user"`
			Names []any          `json:"group_names"`
		}
		if err := json.Unmarshal(answer.Result, &got); err != nil {
			t.Fatalf("%+v: %v", answer, err)
		}
		if got.User["name"] != "person-3" || len(got.Names) != 2 || answer.Chance != oracle.Nothing {
			t.Errorf("%+v: %s, want person-3 and the group of two rules", w, answer.Result)
		}
		if took, err := o.Clock([]json.RawMessage{mapping}, []map[string]any{w.Assertion(1)}); err != nil || took <= 0 {
			t.Errorf("Clock: %v %v", took, err)
		}
	}
}
