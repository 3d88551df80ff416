package compare_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping/compare"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

const (
	admins  = `{"local":[{"user":{"name":"{0}"}},{"projects":[{"name":"ops","roles":[{"name":"admin"}]}]}],"remote":[{"type":"sub"},{"type":"groups","any_one_of":["admins"]}]}`
	readers = `{"local":[{"user":{"name":"{0}"}},{"group":{"name":"readers","domain":{"name":"d"}}}],"remote":[{"type":"sub"},{"type":"groups","any_one_of":["readers","admins"]}]}`
	claimed = `{"local":[{"user":{"name":"{0}"}},{"groups":"{1}","domain":{"name":"d"}}],"remote":[{"type":"sub"},{"type":"groups","whitelist":["a","b"]}]}`
)

func edit(rules string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(rules) }

func TestSearch(t *testing.T) {
	for name, c := range map[string]struct {
		a, b string
		want []compare.Kind
	}{
		"the same":                   {admins + "," + readers, admins + "," + readers, nil},
		"listed in another order":    {readers, edit(readers, `"readers","admins"`, `"admins","readers"`), nil},
		"a rule twice":               {claimed, claimed + "," + claimed, nil},
		"placeholders counted anew":  {claimed, edit(claimed, `{0}`, `{1}`, `{1}`, `{0}`, `{"type":"sub"},{"type":"groups","whitelist":["a","b"]}`, `{"type":"groups","whitelist":["a","b"]},{"type":"sub"}`), nil},
		"another group gets in":      {readers, edit(readers, `"admins"]`, `"admins","guests"]`), []compare.Kind{compare.Admits}},
		"a group is shut out":        {readers, edit(readers, `,"admins"]`, `]`), []compare.Kind{compare.Refuses}},
		"any and none":               {readers, edit(readers, "any_one_of", "not_any_of"), []compare.Kind{compare.Admits, compare.Refuses}},
		"another role":               {admins, edit(admins, `"name":"admin"`, `"name":"member"`), []compare.Kind{compare.Gains}},
		"a role less":                {admins, edit(admins, `[{"name":"admin"}]`, `[]`), []compare.Kind{compare.Loses}},
		"another domain":             {readers, edit(readers, `"name":"d"`, `"id":"d"`), []compare.Kind{compare.Gains}},
		"another name":               {readers, edit(readers, `"{0}"`, `"x-{0}"`), []compare.Kind{compare.User}},
		"a constant for a claim":     {readers, edit(readers, `"{0}"`, `"jane"`), []compare.Kind{compare.User}},
		"the first user counts":      {readers + "," + edit(admins, `"{0}"`, `"root"`), edit(admins, `"{0}"`, `"root"`) + "," + readers, []compare.Kind{compare.User}},
		"a whitelist grows":          {claimed, edit(claimed, `"a","b"`, `"a","b","c"`), []compare.Kind{compare.Gains}},
		"a list instead of a filter": {claimed, edit(claimed, `,"whitelist":["a","b"]`, ``), []compare.Kind{compare.Gains, compare.Refuses}},
		"an anchor is lost":          {expression(`^admin$`), expression(`^admin`), []compare.Kind{compare.Admits}},
		"a dot is escaped":           {expression(`^a.c$`), expression(`^a\\.c$`), []compare.Kind{compare.Refuses}},
		"an end before a line break": {expression(`^ab$`), expression(`^ab\\Z`), []compare.Kind{compare.Refuses}},
		"a placeholder out of range": {readers, edit(readers, `"{0}"`, `"{3}"`), []compare.Kind{compare.Refuses}},
		"other errors":               {edit(readers, `"{0}"`, `"{3}"`), edit(readers, `"{0}"`, `"{x}"`), []compare.Kind{compare.Fails}},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := applying(t, c.a), applying(t, c.b)
			got := compare.Search(a, b, compare.DefaultBudget)
			if diff := cmp.Diff(sorted(c.want), sorted(kinds(got))); diff != "" {
				t.Errorf("(-want +got):\n%s%v", diff, got.Searched)
			}
			if !got.Searched.All {
				t.Errorf("not everything was tried: %+v", got.Searched)
			}
			replay(t, a, b, got)
		})
	}
}

func expression(pattern string) string {
	return `{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"sub"},{"type":"groups","regex":true,"any_one_of":["` + pattern + `"]}]}`
}

func applying(t testing.TB, rules string) *engine.Processor {
	t.Helper()
	doc, list := engine.Read("m.json", []byte("["+rules+"]"))
	if len(list) > 0 {
		t.Fatalf("%s: %v", rules, list)
	}
	p, err := engine.New(doc, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func kinds(r compare.Result) []compare.Kind {
	var out []compare.Kind
	for _, d := range r.Differences {
		out = append(out, d.Kind)
	}
	return out
}

func sorted(kinds []compare.Kind) []compare.Kind {
	out := slices.Clone(kinds)
	slices.Sort(out)
	return out
}

// replay evaluates each difference again: its login gives both outcomes, which
// differ, and no type of it can be left out.
func replay(t *testing.T, a, b *engine.Processor, r compare.Result) {
	t.Helper()
	for _, d := range r.Differences {
		if told(t, a.Process(d.Environment)) != told(t, d.A) || told(t, b.Process(d.Environment)) != told(t, d.B) {
			t.Errorf("%s: %v does not give its outcomes again", d.Kind, d.Environment)
		}
		if told(t, d.A) == told(t, d.B) {
			t.Errorf("%s: %v gives the same on both sides: %s", d.Kind, d.Environment, told(t, d.A))
		}
	}
}

// told writes an outcome as Keystone uses it: what is a set is sorted.
func told(t testing.TB, o engine.Outcome) string {
	t.Helper()
	switch {
	case o.Undecidable != nil:
		return "undecidable"
	case o.Error != nil:
		return fmt.Sprint(o.Error.Class, o.Error.Status)
	}
	m := *o.Mapped
	m.GroupNames = slices.Clone(m.GroupNames)
	slices.SortFunc(m.GroupNames, func(a, b any) int { return strings.Compare(written(t, a), written(t, b)) })
	m.GroupNames = slices.CompactFunc(m.GroupNames, func(a, b any) bool { return written(t, a) == written(t, b) })
	return written(t, m)
}

func written(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSearchFindsWhatChanceFinds changes mappings at random: where logins made by
// chance show a difference, the search must, too.
func TestSearchFindsWhatChanceFinds(t *testing.T) {
	differ := 0
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 3))
		before := randomRules(r)
		after := mutated(r, before)
		a, b := applying(t, before), applying(t, after)
		env, found := byChance(t, r, a, b)
		if !found {
			continue
		}
		differ++
		got := compare.Search(a, b, 4_000)
		if len(got.Differences) == 0 {
			t.Errorf("seed %d: %v shows a difference that the search did not find\nA %s\nB %s", seed, env, before, after)
		}
		replay(t, a, b, got)
	}
	if differ < 40 {
		t.Errorf("%d of 120 changes made a difference, want at least 40", differ)
	}
}

func byChance(t *testing.T, r *rand.Rand, a, b *engine.Processor) (map[string]string, bool) {
	for range 200 {
		env := map[string]string{}
		for _, name := range []string{"sub", "groups", "email", "roles"} {
			if r.IntN(5) > 0 {
				env[name] = strings.Join(some(r, words(), 1+r.IntN(2)), ";")
			}
		}
		x, y := told(t, a.Process(env)), told(t, b.Process(env))
		if x != y && x != "undecidable" && y != "undecidable" {
			return env, true
		}
	}
	return nil, false
}

func words() []string { return []string{"a", "b", "c", "ann", "ops", "surname"} }

func some(r *rand.Rand, from []string, n int) []string {
	var out []string
	for range n {
		out = append(out, from[r.IntN(len(from))])
	}
	return out
}

func randomRules(r *rand.Rand) string {
	var rules []string
	for range 1 + r.IntN(4) {
		rules = append(rules, randomRule(r))
	}
	return strings.Join(rules, ",")
}

func randomRule(r *rand.Rand) string {
	locals := []string{
		`{"user":{"name":"{0}"}}`, `{"user":{"name":"x-{0}","email":"{1}"}}`, `{"groups":"{1}","domain":{"name":"d"}}`,
		`{"group":{"name":"g","domain":{"name":"d"}}}`, `{"group":{"id":"i"}}`, `{"projects":[{"name":"p-{0}","roles":[{"name":"r"}]}]}`,
	}
	condition := func() string {
		kind := some(r, []string{`,"any_one_of":`, `,"not_any_of":`}, 1)[0]
		list := `["` + strings.Join(some(r, words(), 2), `","`) + `"]`
		return `{"type":"` + some(r, []string{"groups", "email", "roles"}, 1)[0] + `"` + kind + list + `}`
	}
	second := some(r, []string{`{"type":"groups"}`, `{"type":"groups","whitelist":["a","b"]}`, `{"type":"email"}`}, 1)[0]
	return `{"local":[` + strings.Join(some(r, locals, 1+r.IntN(2)), ",") + `],"remote":[{"type":"sub"},` + second + "," + condition() + `]}`
}

// mutated changes one thing.
func mutated(r *rand.Rand, rules string) string {
	changes := [][2]string{
		{"any_one_of", "not_any_of"}, {"not_any_of", "any_one_of"}, {`"a"`, `"z"`}, {"x-{0}", "{0}"}, {`"name":"d"`, `"name":"e"`},
		{`"whitelist"`, `"blacklist"`}, {`"r"`, `"s"`}, {`{"group":{"id":"i"}}`, `{}`}, {`"ops"`, `"ops","c"`},
	}
	c := changes[r.IntN(len(changes))]
	if r.IntN(5) == 0 {
		return rules + "," + randomRule(r)
	}
	return strings.Replace(rules, c[0], c[1], 1)
}

// TestSearchSaysWhatItDidNotTry spends a small budget on many types.
func TestSearchSaysWhatItDidNotTry(t *testing.T) {
	var remote []string
	for i := range 12 {
		remote = append(remote, fmt.Sprintf(`{"type":"t%d","any_one_of":["a","b"]}`, i))
	}
	rule := `{"local":[{"user":{"name":"x"}}],"remote":[` + strings.Join(remote, ",") + `]}`
	got := compare.Search(applying(t, rule), applying(t, strings.Replace(rule, `"b"]},{"type":"t7"`, `"b","c"]},{"type":"t7"`, 1)), 5000)
	if got.Searched.All || got.Searched.Logins > 5000 || got.Searched.Combinations < 1e9 {
		t.Errorf("searched %+v, want a part", got.Searched)
	}
	if diff := cmp.Diff([]compare.Kind{compare.Admits}, kinds(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSearchDoubts tells what could not be decided or made.
func TestSearchDoubts(t *testing.T) {
	for name, c := range map[string]struct{ rules, want string }{
		"the order of a set": {`{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"groups","whitelist":["a","b"]}]}`, "undecidable"},
		"no witness":         {expression(`^(?=.*q7)(?=.*w9).{40}$`), "no value was made"},
	} {
		t.Run(name, func(t *testing.T) {
			got := compare.Search(applying(t, c.rules), applying(t, c.rules), compare.DefaultBudget)
			if !strings.Contains(strings.Join(got.Doubts, "\n"), c.want) {
				t.Errorf("doubts %q, want one with %q", got.Doubts, c.want)
			}
		})
	}
}

func BenchmarkCompare(b *testing.B) {
	x, y := applying(b, admins+","+readers+","+claimed), applying(b, claimed+","+admins+","+readers)
	for b.Loop() {
		compare.Search(x, y, compare.DefaultBudget)
	}
}
