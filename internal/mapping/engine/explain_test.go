package engine_test

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// TestExplainSaysWhatProcessSays holds the two ways through the rules against
// each other: one tries every rule, the other passes over those that cannot hold.
func TestExplainSaysWhatProcessSays(t *testing.T) {
	for _, d := range []dialect{{release: "wallaby", schema: "1.0", lax: true}, {release: "2026.2", schema: "3.0"}} {
		for number := range 1000 {
			p, env := generated(t, d, number)
			want := told(t, p.Explain(env).Outcome)
			p.Process(map[string]string{"sub": "a;b", "groups": "name"}) // leaves nothing behind
			if got := told(t, p.Process(env)); got != want {
				t.Fatalf("%s/%d: Process gives %s, Explain %s", d, number, got, want)
			}
		}
	}
}

func generated(t *testing.T, d dialect, number int) (*engine.Processor, map[string]string) {
	t.Helper()
	mapping, assertion := newGenerator(7, number, d).login()
	text, err := json.Marshal(mapping)
	if err != nil {
		t.Fatal(err)
	}
	doc, list := engine.Read("m.json", text)
	if list.HasErrors() {
		t.Fatalf("%s: %v", text, list)
	}
	p, err := engine.New(doc, engine.Options{Release: d.release, Limit: hang})
	if err != nil {
		t.Fatal(err)
	}
	return p, stringsOf(assertion)
}

// TestManyAtOnce lets several goroutines use one processor; their results stay as
// they are when others go on.
func TestManyAtOnce(t *testing.T) {
	p := applying(t, `{"local":[{"user":{"name":"{0}"}},{"groups":"{1}","domain":{"name":"d"}}],"remote":[{"type":"sub"},{"type":"groups"}]}`, engine.Options{})
	var all sync.WaitGroup
	for _, name := range []string{"ann", "bob", "cem", "dan"} {
		all.Go(func() {
			env := map[string]string{"sub": name, "groups": name + "s;all"}
			first := p.Process(env)
			for range 200 {
				p.Process(env)
			}
			want := `{"user":{"name":"` + name + `","type":"ephemeral"},"group_ids":[],"group_names":[{"name":"` + name + `s","domain":{"name":"d"}},{"name":"all","domain":{"name":"d"}}],"projects":[]}`
			if got := told(t, first); got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		})
	}
	all.Wait()
}
