package bench

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// BenchmarkMapping is the evaluation of logins, against Keystone's RuleProcessor
// on the same mapping and assertions; neither counts the reading of the rules.
func BenchmarkMapping(b *testing.B) {
	for _, c := range []struct {
		name, release string
		oracle.Workload
	}{
		{"1 holds", "zed", oracle.Workload{Rules: 100, Teams: 100, Conditions: 1, Values: 10}},
		{"10 hold", "zed", oracle.Workload{Rules: 100, Teams: 10, Conditions: 1, Values: 10}},
		{"1 holds, 100 values", "zed", oracle.Workload{Rules: 100, Teams: 100, Conditions: 1, Values: 100}},
		{"1 holds, expressions", "zed", oracle.Workload{Rules: 100, Teams: 100, Conditions: 1, Values: 10, Regex: true}},
		{"1 holds", "2026.2", oracle.Workload{Rules: 100, Teams: 100, Conditions: 1, Values: 10}},
	} {
		b.Run(c.release+" "+c.name, func(b *testing.B) {
			const people = 300
			ours, theirs := evaluators(b, c.release, c.Workload, people)
			for b.Loop() {
				a, p, ratio := pairs(b, 9, ours, theirs)
				row{fmt.Sprintf("map: %d logins × %d rules, of which %s", people, c.Rules, c.name), inMS(a), fmt.Sprintf("%s (`RuleProcessor` of Keystone %s)", inMS(p), c.release), fmt.Sprintf("%.4f (%.0f × faster)", ratio, 1/ratio), "≥ 50 × faster"}.write(b)
			}
		})
	}
}

// BenchmarkManyLogins is the evaluation of ten thousand logins.
func BenchmarkManyLogins(b *testing.B) {
	const people = 10_000
	w := oracle.Workload{Rules: 100, Teams: 10, Conditions: 1, Values: 10}
	p, env, _ := logins(b, "zed", w, people)
	for b.Loop() {
		took := timed(func() { evaluateAll(b, p, env) })
		b.ReportMetric(ms(took), "ours-ms")
		row{fmt.Sprintf("map: %d logins × %d rules, of which 10 hold", people, w.Rules), inMS(took), "–", "–", "≤ 1 s"}.write(b)
	}
}

func evaluators(b *testing.B, release string, w oracle.Workload, people int) (ours, theirs sample) {
	b.Helper()
	o := oracle.Open(b, release)
	p, env, assertions := logins(b, release, w, people)
	mapping, err := w.Mapping()
	if err != nil {
		b.Fatal(err)
	}
	theirs = func() time.Duration {
		took, err := o.Clock([]json.RawMessage{mapping}, assertions)
		if err != nil {
			b.Fatal(err)
		}
		return took
	}
	return func() time.Duration { return timed(func() { evaluateAll(b, p, env) }) }, theirs
}

// logins gives the processor of a workload, and people twice: as environments,
// and as the assertions that Keystone gets.
func logins(b *testing.B, release string, w oracle.Workload, people int) (*engine.Processor, []map[string]string, []map[string]any) {
	b.Helper()
	mapping, err := w.Mapping()
	if err != nil {
		b.Fatal(err)
	}
	doc, list := engine.Read("mapping.json", mapping)
	if len(list) > 0 {
		b.Fatal(list)
	}
	p, err := engine.New(doc, engine.Options{Release: release})
	if err != nil {
		b.Fatal(err)
	}
	env, assertions := make([]map[string]string, people), make([]map[string]any, people)
	for i := range people {
		assertions[i], env[i] = w.Assertion(i), map[string]string{}
		for name, value := range assertions[i] {
			env[i][name] = value.(string)
		}
	}
	return p, env, assertions
}

func evaluateAll(b *testing.B, p *engine.Processor, env []map[string]string) {
	for _, e := range env {
		if p.Process(e).Mapped == nil {
			b.Fatal("no rule holds")
		}
	}
}
