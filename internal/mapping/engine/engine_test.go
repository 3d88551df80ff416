package engine_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// known is a login whose outcome this project states; Keystone confirms it in
// TestKeystoneConfirms.
type known struct {
	release string // "" is the newest
	schema  string
	rules   string // the items of rules
	env     map[string]any
	want    string // the result as JSON, or Class and status, or undecidable
}

// alice is what most cases log in with.
func alice(more ...string) map[string]any {
	env := map[string]any{"sub": "alice"}
	for i := 0; i < len(more); i += 2 {
		env[more[i]] = more[i+1]
	}
	return env
}

// person is a result with a user alone.
func person(user string) string {
	return `{"user":` + user + `,"group_ids":[],"group_names":[],"projects":[]}`
}

func grouped(names string) string {
	return `{"user":{"type":"ephemeral"},"group_ids":[],"group_names":` + names + `,"projects":[]}`
}

func withIDs(ids string) string {
	return `{"user":{"type":"ephemeral"},"group_ids":` + ids + `,"group_names":[],"projects":[]}`
}

func knownCases() map[string]known {
	const named = `{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"sub"}]}`
	const groups = `{"local":[{"groups":"{0}","domain":{"name":"d"}}],"remote":[{"type":"groups"}]}`
	const ids = `{"local":[{"group_ids":"{0}"}],"remote":[{"type":"groups"}]}`
	return map[string]known{
		"a direct map":                         {rules: named, env: alice(), want: person(`{"name":"alice","type":"ephemeral"}`)},
		"no rule holds":                        {rules: named, env: map[string]any{"Sub": "alice"}, want: "ValidationError 401"},
		"an empty value is a value":            {rules: named, env: map[string]any{"sub": ""}, want: person(`{"name":"","type":"ephemeral"}`)},
		"what is no string is not there":       {rules: named, env: map[string]any{"sub": 5}, want: "ValidationError 401"},
		"the first user counts":                {rules: named + `,{"local":[{"user":{"name":"b"}}],"remote":[{"type":"sub"}]}`, env: alice(), want: person(`{"name":"alice","type":"ephemeral"}`)},
		"an empty user does not count":         {rules: `{"local":[{"user":{}},{"user":{"name":"b"}}],"remote":[{"type":"sub"}]}`, env: alice(), want: person(`{"name":"b","type":"ephemeral"}`)},
		"conditions are not numbered":          {rules: `{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"groups","any_one_of":["x"]},{"type":"sub"}]}`, env: alice("groups", "y;x"), want: person(`{"name":"alice","type":"ephemeral"}`)},
		"a number without a direct map":        {rules: `{"local":[{"user":{"name":"{1}"}}],"remote":[{"type":"groups","any_one_of":["x"]},{"type":"sub"}]}`, env: alice("groups", "x"), want: "DirectMappingError 500"},
		"a name in braces":                     {rules: `{"local":[{"user":{"name":"{sub}"}}],"remote":[{"type":"sub"}]}`, env: alice(), want: "KeyError 500"},
		"a lone brace":                         {rules: `{"local":[{"user":{"name":"{"}}],"remote":[{"type":"sub"}]}`, env: alice(), want: "ValueError 500"},
		"several values in a text":             {rules: `{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"groups"}]}`, env: map[string]any{"groups": "a;b"}, want: person(`{"name":"['a', 'b']","type":"ephemeral"}`)},
		"a set in a text":                      {rules: `{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"groups","whitelist":["a","b"]}]}`, env: map[string]any{"groups": "a;b"}, want: "undecidable"},
		"a set in groups with text":            {rules: `{"local":[{"groups":"g{0}","domain":{"name":"d"}}],"remote":[{"type":"groups","whitelist":["a","b"]}]}`, env: map[string]any{"groups": "a;b"}, want: "undecidable"},
		"a set in groups with a blank":         {rules: `{"local":[{"groups":" {0}","domain":{"name":"d"}}],"remote":[{"type":"groups","whitelist":["a","b"]}]}`, env: map[string]any{"groups": "a;b"}, want: grouped(`[{"name":"a","domain":{"name":"d"}},{"name":"b","domain":{"name":"d"}}]`)},
		"a set in ids that no set takes":       {rules: `{"local":[{"group_ids":"[{0}]"}],"remote":[{"type":"groups","whitelist":["a","b"]}]}`, env: map[string]any{"groups": "a;b"}, want: "TypeError 400"},
		"a set in groups that are refused":     {rules: `{"local":[{"groups":"name {0}"}],"remote":[{"type":"groups","whitelist":["a","b"]}]}`, env: map[string]any{"groups": "a;b"}, want: "ValidationError 401"},
		"a set of one in a text":               {rules: `{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"groups","whitelist":["a","c"]}]}`, env: map[string]any{"groups": "a;b;a"}, want: person(`{"name":"a","type":"ephemeral"}`)},
		"a set in a user that is passed":       {rules: named + `,{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"groups","blacklist":[]}]}`, env: alice("groups", "a;b"), want: person(`{"name":"alice","type":"ephemeral"}`)},
		"groups by claim":                      {rules: groups, env: map[string]any{"groups": "a;b"}, want: grouped(`[{"name":"a","domain":{"name":"d"}},{"name":"b","domain":{"name":"d"}}]`)},
		"one group written as a list":          {rules: groups, env: map[string]any{"groups": "['a', 'b']"}, want: grouped(`[{"name":"a","domain":{"name":"d"}},{"name":"b","domain":{"name":"d"}}]`)},
		"one group of many":                    {rules: groups, env: map[string]any{"groups": "a"}, want: grouped(`[{"name":"a","domain":{"name":"d"}}]`)},
		"a group whose name holds name":        {rules: groups, env: map[string]any{"groups": "a;surname"}, want: "ValidationError 401"},
		"a line break before ame":              {rules: groups, env: map[string]any{"groups": "a;b\name"}, want: "ValidationError 401"},
		"a group in JSON":                      {rules: groups, env: map[string]any{"groups": `JSON:{"name":"g","domain":{"id":"x"}}`}, want: grouped(`[{"name":"g","domain":{"id":"x"}}]`)},
		"bad JSON for a group":                 {rules: groups, env: map[string]any{"groups": `JSON:{"name"`}, want: "JSONDecodeError 500"},
		"groups without a domain":              {rules: `{"local":[{"groups":"{0}"}],"remote":[{"type":"groups","whitelist":[]}]}`, env: map[string]any{"groups": "a"}, want: "ValidationError 401"},
		"a whitelist that leaves nothing":      {rules: `{"local":[{"groups":"{0}","domain":{"name":"d"}}],"remote":[{"type":"groups","whitelist":[]}]}`, env: map[string]any{"groups": "a"}, want: grouped(`[]`)},
		"ids that are a list":                  {rules: ids, env: map[string]any{"groups": "b;a;b"}, want: withIDs(`["a","b"]`)},
		"ids that are numbers":                 {rules: ids, env: map[string]any{"groups": "[1, 1.0, True]"}, want: withIDs(`[1]`)},
		"ids that are lists":                   {rules: ids, env: map[string]any{"groups": "[[1]]"}, want: "TypeError 400"},
		"old: a number is taken apart":         {release: "wallaby", rules: ids, env: map[string]any{"groups": "12"}, want: "TypeError 400"},
		"old: a text is taken apart":           {release: "wallaby", rules: groups, env: map[string]any{"groups": "'ab'"}, want: grouped(`[{"name":"a","domain":{"name":"d"}},{"name":"b","domain":{"name":"d"}}]`)},
		"a group by name comes twice":          {rules: `{"local":[{"group":{"name":"A","domain":{"name":"d"}}},{"group":{"name":"B","domain":{"name":"d"}}}],"remote":[{"type":"sub"}]}`, env: alice(), want: grouped(`[{"name":"A","domain":{"name":"d"}},{"name":"A","domain":{"name":"d"}},{"name":"B","domain":{"name":"d"}}]`)},
		"old: an id gives them again":          {release: "zed", rules: `{"local":[{"group":{"name":"A","domain":{"name":"d"}}},{"group":{"id":"i"}}],"remote":[{"type":"sub"}]}`, env: alice(), want: `{"user":{"type":"ephemeral"},"group_ids":["i"],"group_names":[{"name":"A","domain":{"name":"d"}},{"name":"A","domain":{"name":"d"}}],"projects":[]}`},
		"new: an id does not":                  {rules: `{"local":[{"group":{"name":"A","domain":{"name":"d"}}},{"group":{"id":"i"}}],"remote":[{"type":"sub"}]}`, env: alice(), want: `{"user":{"type":"ephemeral"},"group_ids":["i"],"group_names":[{"name":"A","domain":{"name":"d"}}],"projects":[]}`},
		"the last projects count":              {rules: `{"local":[{"projects":[{"name":"p","roles":[]}]},{"projects":[{"name":"{0}","roles":[{"name":"r"}]}]}],"remote":[{"type":"sub"}]}`, env: alice(), want: `{"user":{"type":"ephemeral"},"group_ids":[],"group_names":[],"projects":[{"name":"alice","roles":[{"name":"r"}]}]}`},
		"an expression":                        {rules: `{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"sub","whitelist":["^a.*$"],"regex":true}]}`, env: map[string]any{"sub": "bob;ann;al;ann"}, want: person(`{"name":"['ann', 'al', 'ann']","type":"ephemeral"}`)},
		"a bad expression":                     {rules: `{"local":[{}],"remote":[{"type":"sub","any_one_of":["("],"regex":true}]}`, env: alice(), want: "error 500"},
		"old: a bad expression behind a hit":   {release: "zed", rules: `{"local":[{"user":{"name":"x"}}],"remote":[{"type":"sub","any_one_of":["a","("],"regex":true}]}`, env: alice(), want: "error 500"},
		"new: a bad expression behind a hit":   {rules: `{"local":[{"user":{"name":"x"}}],"remote":[{"type":"sub","any_one_of":["a","("],"regex":true}]}`, env: alice(), want: person(`{"name":"x","type":"ephemeral"}`)},
		"a number among expressions":           {rules: `{"local":[{}],"remote":[{"type":"sub","any_one_of":[5],"regex":true}]}`, env: alice(), want: "TypeError 400"},
		"a number among values":                {rules: `{"local":[{"user":{"name":"x"}}],"remote":[{"type":"sub","any_one_of":[5,"alice"]}]}`, env: alice(), want: person(`{"name":"x","type":"ephemeral"}`)},
		"a list among values":                  {rules: `{"local":[{"user":{"name":"x"}}],"remote":[{"type":"sub","any_one_of":[["alice"]]}]}`, env: alice(), want: "TypeError 400"},
		"none of":                              {rules: `{"local":[{"user":{"name":"x"}}],"remote":[{"type":"sub","not_any_of":["bob"]}]}`, env: alice(), want: person(`{"name":"x","type":"ephemeral"}`)},
		"a domain for everything":              {schema: "2.0", rules: `{"local":[{"user":{"name":"x"},"projects":[{"name":"p","roles":[]},{"name":"q","roles":[],"domain":{"id":"z"}}],"domain":{"name":"d"}}],"remote":[{"type":"sub"}]}`, env: alice(), want: `{"user":{"name":"x","type":"ephemeral","domain":{"name":"d"}},"group_ids":[],"group_names":[],"projects":[{"name":"p","roles":[],"domain":{"name":"d"}},{"name":"q","roles":[],"domain":{"id":"z"}}]}`},
		"the last item's domain":               {schema: "2.0", rules: `{"local":[{"user":{"name":"x"},"domain":{"name":"d"}},{"group":{"id":"i"}}],"remote":[{"type":"sub"}]}`, env: alice(), want: `{"user":{"name":"x","type":"ephemeral","domain":null},"group_ids":["i"],"group_names":[],"projects":[]}`},
		"projects in a claim":                  {schema: "3.0", rules: `{"local":[{"projects":[{"name":"p","roles":[]}],"projects_json":"{0}","domain":{"name":"d"}}],"remote":[{"type":"groups"}]}`, env: map[string]any{"groups": `[{"name":"q","roles":[{"name":"r"}]}]`}, want: `{"user":{"type":"ephemeral","domain":{"name":"d"}},"group_ids":[],"group_names":[],"projects":[{"name":"p","roles":[],"domain":{"name":"d"}},{"name":"q","roles":[{"name":"r"}],"domain":{"name":"d"}}]}`},
		"projects in a claim, no number":       {schema: "3.0", rules: `{"local":[{"projects_json":"x{0}"}],"remote":[{"type":"groups"}]}`, env: map[string]any{"groups": `[]`}, want: "SchemaValidationError 401"},
		"projects in a claim, wrong number":    {schema: "3.0", rules: `{"local":[{"projects_json":"{1}"}],"remote":[{"type":"groups"}]}`, env: map[string]any{"groups": `[]`}, want: "IndexError 500"},
		"projects in a claim, a semicolon":     {schema: "3.0", rules: `{"local":[{"projects_json":"{0}"}],"remote":[{"type":"groups"}]}`, env: map[string]any{"groups": `[];`}, want: "ValidationError 401"},
		"projects in a claim, a role too much": {schema: "3.0", rules: `{"local":[{"projects_json":"{0}"}],"remote":[{"type":"groups"}]}`, env: map[string]any{"groups": `[{"name":"q","roles":[{"id":"r"}]}]`}, want: "ValidationError 401"},
	}
}

func TestProcess(t *testing.T) {
	for name, c := range knownCases() {
		t.Run(name, func(t *testing.T) {
			p := applying(t, c.rules, engine.Options{Release: c.release, Schema: c.schema})
			env := stringsOf(c.env)
			got := p.Process(env)
			if diff := cmp.Diff(c.want, told(t, got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(told(t, got), told(t, p.Explain(env).Outcome)); diff != "" {
				t.Errorf("Explain (-Process +Explain):\n%s", diff)
			}
		})
	}
}

func applying(t testing.TB, rules string, o engine.Options) *engine.Processor {
	t.Helper()
	doc, list := engine.Read("m.json", []byte("["+rules+"]"))
	if len(list) > 0 {
		t.Fatal(list)
	}
	p, err := engine.New(doc, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func stringsOf(env map[string]any) map[string]string {
	out := map[string]string{}
	for k, v := range env {
		if text, ok := v.(string); ok {
			out[k] = text
		}
	}
	return out
}

// told gives an outcome as a case states it.
func told(t testing.TB, o engine.Outcome) string {
	t.Helper()
	switch {
	case o.Error != nil:
		return fmt.Sprintf("%s %d", o.Error.Class, o.Error.Status)
	case o.Undecidable != nil:
		return "undecidable"
	}
	text, err := json.Marshal(o.Mapped)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}
