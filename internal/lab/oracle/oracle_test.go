package oracle_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/lab/oracle"
)

func start(t *testing.T, release string, seed uint32) *oracle.Oracle {
	t.Helper()
	o, err := oracle.StartSeeded(t.Context(), release, seed)
	if errors.Is(err, lab.ErrNotInstalled) {
		labtest.Require(t, err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	return o
}

func rules(local, remote string) json.RawMessage {
	return json.RawMessage(`{"rules": [{"local": [` + local + `], "remote": [` + remote + `]}]}`)
}

func ask(t *testing.T, o *oracle.Oracle, cases ...oracle.Case) []oracle.Answer {
	t.Helper()
	answers, err := o.Ask(cases)
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

// TestClasses: one case for each way in which a login ends.
func TestClasses(t *testing.T) {
	const user, sub = `{"user": {"name": "{0}"}}`, `{"type": "sub"}`
	type end struct {
		Result, Class string
		Status        int
		Hangs         bool
	}
	cases := map[string]struct {
		mapping json.RawMessage
		sub     any
		want    end
	}{
		"mapped":        {rules(user, sub), "ann", end{Result: `{"user": {"name": "ann", "type": "ephemeral"}, "group_ids": [], "group_names": [], "projects": []}`}},
		"no rule":       {rules(user, sub), 5, end{Class: "ValidationError", Status: 401}},
		"no direct map": {rules(`{"user": {"name": "{1}"}}`, sub), "ann", end{Class: "DirectMappingError", Status: 500}},
		"unhashable":    {rules(`{"group_ids": "{0}"}`, sub), "[[]]", end{Class: "TypeError", Status: 400}},
		"unknown name":  {rules(`{"user": {"name": "{sub}"}}`, sub), "ann", end{Class: "KeyError", Status: 500}},
		"bad regex":     {rules(user, `{"type": "sub", "whitelist": ["("], "regex": true}`), "ann", end{Class: "error", Status: 500}},
		"hangs":         {rules(user, `{"type": "sub", "whitelist": ["(a+)+$"], "regex": true}`), strings.Repeat("a", 40) + "b", end{Hangs: true}},
		"a set inside":  {rules(`{"groups": "{0}", "domain": {}}`, sub), "[{3, 'b', 'a'}]", end{Result: `{"user": {"type": "ephemeral"}, "group_ids": [], "group_names": [{"name": {"python": "set", "items": ["a", "b", 3]}, "domain": {}}], "projects": []}`}},
		"no JSON value": {rules(`{"group_ids": "{0}"}`, sub), "[b'x', 1e999, (1,), 1.5]", end{Result: `{"user": {"type": "ephemeral"}, "group_ids": [1.5, {"python": "(1,)"}, {"python": "b'x'"}, {"python": "inf"}], "group_names": [], "projects": []}`}},
	}
	o := start(t, "zed", 1)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := ask(t, o, oracle.Case{Mapping: c.mapping, Assertion: map[string]any{"sub": c.sub}})[0]
			if diff := cmp.Diff(c.want, end{string(got.Result), got.Class, got.Status, got.Hangs}); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestReleases: each pair of neighbours differs where its engine was changed, so that what answers is that release.
func TestReleases(t *testing.T) {
	probes := []oracle.Case{
		{Mapping: rules(`{"groups": "{0}", "domain": {"id": "d"}}`, `{"type": "g"}`), Assertion: map[string]any{"g": "'ab'"}},
		{Mapping: rules(`{"group": {"name": "a", "domain": {"id": "d"}}}, {"group": {"id": "i"}}`, `{"type": "g"}`), Assertion: map[string]any{"g": "a"}},
		{Mapping: json.RawMessage(`{"schema_version": "2.0", "rules": [{"local": [{"user": {}, "domain": {"id": "d"}}], "remote": [{"type": "g"}]}]}`), Assertion: map[string]any{"g": "a"}},
		{Mapping: rules(`{"user": {}}`, `{"type": "g", "any_one_of": ["a", "("], "regex": true}`), Assertion: map[string]any{"g": "a"}},
		{Mapping: json.RawMessage(`{"schema_version": "3.0", "rules": [{"local": [{"projects_json": "0"}], "remote": [{"type": "g"}]}]}`), Assertion: map[string]any{"g": `[{"name": "p", "roles": []}]`}},
	}
	const old, since = "old", "since"
	for release, want := range map[string][]string{
		"wallaby": {old, old, old, old, old},
		"zed":     {since, old, old, old, old},
		"2023.2":  {since, old, old, old, old},
		"2024.1":  {since, since, since, old, old},
		"2024.2":  {since, since, since, old, old},
		"2025.1":  {since, since, since, since, old},
		"2026.1":  {since, since, since, since, since},
		"2026.2":  {since, since, since, since, since},
	} {
		t.Run(release, func(t *testing.T) {
			var got []string
			for i, a := range ask(t, start(t, release, 1), probes...) {
				got = append(got, map[bool]string{true: since, false: old}[isSince(t, i, a)])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// isSince says whether the i-th probe was answered as after the change.
func isSince(t *testing.T, i int, a oracle.Answer) bool {
	t.Helper()
	var got struct {
		User struct {
			Domain any `json:"domain"`
		} `json:"user"`
		Names    []any `json:"group_names"`
		Projects []any `json:"projects"`
	}
	if a.Class == "" {
		if err := json.Unmarshal(a.Result, &got); err != nil {
			t.Fatal(err)
		}
	}
	return []bool{len(got.Names) == 1, len(got.Names) == 1, got.User.Domain != nil, a.Class == "", len(got.Projects) == 1}[i]
}

// TestChance: what is called chance differs under real hash seeds, and what is not does not.
func TestChance(t *testing.T) {
	list := func(local string) json.RawMessage {
		return rules(local, `{"type": "g", "whitelist": ["a", "b", "c", "d"]}`)
	}
	for release, cases := range map[string][]chanceCase{
		"zed": {
			{list(`{"user": {"name": "{0}"}}`), "a;b;c;d", oracle.Outcome},
			{list(`{"group_ids": "{0}"}`), "a;b;c;d", oracle.Nothing},
			{list(`{"user": {"name": "{0.append}"}}`), "a;b;c;d", oracle.Outcome},
			{list(`{"user": {"name": "{0}"}}`), "a", oracle.Nothing},
			{list(`{"groups": "{0}", "domain": {"id": "d"}}`), "a;b;c;d", oracle.Order},
		},
		"wallaby": {{rules(`{"groups": "{0}", "domain": {}}`, `{"type": "g"}`), "{'a', 'b', 'c', 'd'}", oracle.Order}},
	} {
		t.Run(release, func(t *testing.T) { checkChance(t, release, cases) })
	}
}

type chanceCase struct {
	mapping json.RawMessage
	groups  string
	want    oracle.Chance
}

func checkChance(t *testing.T, release string, chances []chanceCase) {
	cases := make([]oracle.Case, len(chances))
	for i, c := range chances {
		cases[i] = oracle.Case{Mapping: c.mapping, Assertion: map[string]any{"g": c.groups}}
	}
	other := ask(t, start(t, release, 2), cases...)
	for i, a := range ask(t, start(t, release, 1), cases...) {
		want := chances[i].want
		if a.Chance != want {
			t.Errorf("case %d: chance %q, want %q", i, a.Chance, want)
		}
		if differ := string(a.Result) != string(other[i].Result); differ != (want != oracle.Nothing) {
			t.Errorf("case %d: under the seeds 1 and 2 the answers differ: %v", i, differ)
		}
	}
}

func TestValidate(t *testing.T) {
	mappings := []json.RawMessage{
		rules(`{"user": {"name": "{0}"}}`, `{"type": "sub"}`),
		json.RawMessage(`{"rules": [{"local": 5, "remote": [], "more": 1}]}`),
		json.RawMessage(`{"rules": [], "schema_version": "9.9"}`),
		json.RawMessage(`[]`),
	}
	got, err := start(t, "2026.1", 1).Validate(mappings)
	if err != nil {
		t.Fatal(err)
	}
	want := []oracle.Verdict{
		{Messages: []string{}, Paths: [][]any{}},
		{Messages: []string{"5 is not of type 'array'", "Additional properties are not allowed ('more' was unexpected)", "[] is too short"},
			Paths: [][]any{{"rules", 0.0, "local"}, {"rules", 0.0}, {"rules", 0.0, "remote"}}},
		{Class: "KeyError", Status: 500},
		{Class: "AttributeError", Status: 500},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFixtures(t *testing.T) {
	got, err := start(t, "zed", 1).Fixtures()
	if errors.Is(err, oracle.ErrNoFixtures) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Mappings) < 50 || len(got.Assertions) < 20 {
		t.Errorf("%d mappings and %d assertions, want at least 50 and 20", len(got.Mappings), len(got.Assertions))
	}
}

// TestUnaskable: a question that is no JSON ends the conversation with an error that names it.
func TestUnaskable(t *testing.T) {
	_, err := start(t, "zed", 1).Ask([]oracle.Case{{Mapping: json.RawMessage(`{}`)}, {Mapping: json.RawMessage(`{`)}})
	if err == nil || !strings.Contains(err.Error(), "question 1") {
		t.Errorf("Ask: %v, want an error about question 1", err)
	}
}

func TestUnknownRelease(t *testing.T) {
	if _, err := oracle.Start(t.Context(), "zulu"); err == nil || !strings.Contains(err.Error(), "2026.1") {
		t.Errorf("Start: %v, want the releases that there are", err)
	}
}
