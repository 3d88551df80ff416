package engine_test

import (
	"fmt"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// BenchmarkProcess is one login on a prepared mapping. Each size stands beside
// its tenfold, so that what grows faster is seen.
func BenchmarkProcess(b *testing.B) {
	for _, w := range []oracle.Workload{
		{Rules: 100, Teams: 100, Conditions: 1, Values: 10},
		{Rules: 1000, Teams: 1000, Conditions: 1, Values: 10},
		{Rules: 100, Teams: 10, Conditions: 1, Values: 10},
		{Rules: 1000, Teams: 10, Conditions: 1, Values: 10},
		{Rules: 100, Teams: 10, Conditions: 10, Values: 10},
		{Rules: 100, Teams: 10, Conditions: 1, Values: 100},
		{Rules: 100, Teams: 100, Conditions: 1, Values: 10, Regex: true},
		{Rules: 100, Teams: 100, Conditions: 1, Values: 100, Regex: true},
	} {
		b.Run(fmt.Sprintf("rules=%d/holding=%d/conditions=%d/values=%d/regex=%v", w.Rules, w.Rules/w.Teams, w.Conditions, w.Values, w.Regex), func(b *testing.B) {
			p, people := prepared(b, w)
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if p.Process(people[n%len(people)]).Mapped == nil {
					b.Fatal("no rule holds")
				}
				n++
			}
		})
	}
}

// prepared gives a workload's processor and a hundred people.
func prepared(b *testing.B, w oracle.Workload) (*engine.Processor, []map[string]string) {
	b.Helper()
	text, err := w.Mapping()
	if err != nil {
		b.Fatal(err)
	}
	doc, list := engine.Read("mapping.json", text)
	if len(list) > 0 {
		b.Fatal(list)
	}
	p, err := engine.New(doc, engine.Options{})
	if err != nil {
		b.Fatal(err)
	}
	people := make([]map[string]string, 100)
	for i := range people {
		people[i] = stringsOf(w.Assertion(i))
	}
	return p, people
}
