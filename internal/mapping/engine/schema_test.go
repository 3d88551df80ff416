package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// TestCheck holds each finding to its words, its place and its hint. That these
// are Keystone's refusals is TestKeystoneAgrees' matter.
func TestCheck(t *testing.T) {
	for name, c := range checkcases() {
		t.Run(name, func(t *testing.T) {
			doc, list := engine.Read("m.json", []byte(c.src))
			if doc == nil {
				t.Fatal(list)
			}
			var got []string
			for _, f := range engine.Check(doc, c.options) {
				got = append(got, f.At.String()+": "+f.Message, f.Hint)
				for _, r := range f.Related {
					got = append(got, r.At.String()+": "+r.Message)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

type checkcase struct {
	src     string
	options engine.Options
	want    []string
}

// oneRule is a mapping of one rule with these items.
func oneRule(local, remote string) string {
	return `{"rules":[{"local":[` + local + `],"remote":[` + remote + `]}]}`
}

func checkcases() map[string]checkcase {
	const sub = `{"type":"OIDC-sub"}`
	zed, first, middle := engine.Options{Release: "zed"}, engine.Options{Release: "2024.1"}, engine.Options{Release: "2024.1", Schema: "2.0"}
	return map[string]checkcase{
		"good":                {src: oneRule(`{"user":{"name":"{0}"}}`, sub)},
		"a bare list":         {src: `[{"local":[],"remote":[` + sub + `]}]`},
		"as the API gives it": {src: `{"mapping":{"id":"m","links":{},"rules":[{"local":[],"remote":[` + sub + `]}]}}`},
		"no rules": {src: `{"rules":[]}`, want: []string{
			`m.json:1:10: "rules" is empty, expected at least one item`,
			`"rules": [{"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "OIDC-preferred_username"}]}]`,
		}},
		"rules are an object": {src: `{"rules":{}}`, want: []string{
			`m.json:1:10: "rules" is an object ({}), expected a list`,
			`"rules": [{"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "OIDC-preferred_username"}]}]`,
		}},
		"a rule is a string": {src: `["x"]`, want: []string{
			`m.json:1:2: rule 1 is a string ("x"), expected an object`,
			`{"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "OIDC-preferred_username"}]}`,
		}},
		"no remote": {src: `[{"local":[]}]`, want: []string{
			`m.json:1:2: rule 1 has no "remote"`,
			`"remote": [{"type": "OIDC-preferred_username"}]`,
		}},
		"empty remote": {src: `[{"local":[],"remote":[]}]`, want: []string{
			`m.json:1:23: rule 1: "remote" is empty, expected at least one item`,
			`"remote": [{"type": "OIDC-preferred_username"}]`,
		}},
		"an unknown key": {src: oneRule(`{"user":{"nmae":"{0}"}}`, sub), want: []string{
			`m.json:1:30: rule 1: "user" of item 1 of "local" has an unknown key "nmae"; did you mean "name"?`,
			`"name": "{0}"`,
		}},
		"two unknown keys": {src: oneRule(`{"usr":{"name":"{0}"},"colour":1}`, sub), want: []string{
			`m.json:1:22: rule 1: item 1 of "local" has an unknown key "usr"; did you mean "user"?`,
			`"user": {"name":"{0}"}`,
			`m.json:1:43: rule 1: item 1 of "local" has an unknown key "colour"`,
		}},
		"a number for a string": {src: oneRule(`{"user":{"name":5,"email":null}}`, sub), want: []string{
			`m.json:1:37: rule 1: "name" of "user" of item 1 of "local" is a number (5), expected a string`,
			`"name": "5"`,
			`m.json:1:47: rule 1: "email" of "user" of item 1 of "local" is null, expected a string`,
			`"email": "{0}"`,
		}},
		"an unknown user type": {src: oneRule(`{"user":{"type":"global"}}`, sub), want: []string{
			`m.json:1:37: rule 1: "type" of "user" of item 1 of "local" is "global", expected ephemeral or local`,
			`"type": "ephemeral"`,
		}},
		"a string for a list": {src: oneRule(``, `{"type":"g","any_one_of":"admins"}`), want: []string{
			`m.json:1:58: rule 1: "any_one_of" of item 1 of "remote" is a string ("admins"), expected a list`,
			`"any_one_of": ["admins"]`,
		}},
		"regex as a string": {src: oneRule(``, `{"type":"g","any_one_of":["a"],"regex":"true"}`), want: []string{
			`m.json:1:72: rule 1: "regex" of item 1 of "remote" is a string ("true"), expected true or false`,
			`"regex": true`,
		}},
		"regex without a list": {src: oneRule(``, `{"type":"g","regex":true}`), want: []string{
			`m.json:1:45: rule 1: item 1 of "remote" has "regex" but no list that it speaks of`,
			`"any_one_of": ["admins"], "regex": true`,
		}},
		"two lists": {src: oneRule(``, `{"type":"g","whitelist":[],"blacklist":[]}`), want: []string{
			`m.json:1:60: rule 1: item 1 of "remote" has "whitelist" and "blacklist", expected one of them at most`,
			`make two items of it, each with the type and one list`,
			`m.json:1:45: the first one`,
		}},
		"a misspelled list": {src: oneRule(``, `{"type":"g","any_of":["a"],"regex":true}`), want: []string{
			`m.json:1:45: rule 1: item 1 of "remote" has an unknown key "any_of"; did you mean "any_one_of"?`,
			`"any_one_of": ["a"]`,
		}},
		"a misspelled type": {src: oneRule(``, `{"typ":"g"}`), want: []string{
			`m.json:1:34: rule 1: item 1 of "remote" has an unknown key "typ"; did you mean "type"?`,
			`"type": "g"`,
		}},
		"no type": {src: oneRule(``, `{"whitelist":["g"]}`), want: []string{
			`m.json:1:33: rule 1: item 1 of "remote" has no "type"`,
			`"type": "OIDC-preferred_username"`,
		}},
		"an empty requirement": {src: oneRule(``, `{}`), want: []string{
			`m.json:1:33: rule 1: item 1 of "remote" has no "type"`,
			`"type": "OIDC-preferred_username"`,
		}},
		"a requirement is a string": {src: oneRule(``, `"OIDC-sub"`), want: []string{
			`m.json:1:33: rule 1: item 1 of "remote" is a string ("OIDC-sub"), expected an object`,
			`{"type": "OIDC-preferred_username"}`,
			`m.json:1:33: rule 1: item 1 of "remote" is a string ("OIDC-sub"), which has none of the forms of an object that belong here`,
			`{"type": "OIDC-preferred_username"}`,
		}},
		"a group of both kinds": {src: oneRule(`{"group":{"id":"g","name":"n"}}`, sub), want: []string{
			`m.json:1:30: rule 1: "group" of item 1 of "local" is named in two ways, expected "id" alone, or "name" and "domain"`,
			`"group": {"name": "users", "domain": {"name": "Default"}}`,
		}},
		"a group without a domain": {src: oneRule(`{"group":{"name":"n"}}`, sub), want: []string{
			`m.json:1:30: rule 1: "group" of item 1 of "local" has no "domain"`,
			`"domain": {"name": "Default"}`,
		}},
		"a group's domain is a string": {src: oneRule(`{"group":{"name":"n","domain":"Default"}}`, sub), want: []string{
			`m.json:1:51: rule 1: "domain" of "group" of item 1 of "local" is a string ("Default"), expected an object`,
			`"domain": {"name": "Default"}`,
		}},
		"a group's domain is misspelt": {src: oneRule(`{"group":{"name":"n","domain":{"nam":"Default"}}}`, sub), want: []string{
			`m.json:1:52: rule 1: "domain" of "group" of item 1 of "local" has an unknown key "nam"; did you mean "name"?`,
			`"name": "Default"`,
		}},
		"a group is a string": {src: oneRule(`{"group":"users"}`, sub), want: []string{
			`m.json:1:30: rule 1: "group" of item 1 of "local" is a string ("users"), expected an object`,
			`"group": {"name": "users", "domain": {"name": "Default"}}`,
			`m.json:1:30: rule 1: "group" of item 1 of "local" is a string ("users"), which has none of the forms of an object that belong here`,
			`"group": {"name": "users", "domain": {"name": "Default"}}`,
		}},
		"a role with an id": {src: oneRule(`{"projects":[{"name":"p","roles":[{"name":"r","id":"x"}]}]}`, sub), options: first, want: []string{
			`m.json:1:67: rule 1: item 1 of "roles" of item 1 of "projects" of item 1 of "local" has an unknown key "id"`,
			`known: name`,
		}},
		"a role with an id, zed": {src: oneRule(`{"projects":[{"name":"p","roles":[{"name":"r","id":"x"}]}]}`, sub), options: zed},
		"the odd key of a role, zed": {src: oneRule(`{"projects":[{"name":"p","roles":[{"name":"r","additionalProperties":1}]}]}`, sub), options: zed, want: []string{
			`m.json:1:90: rule 1: "additionalProperties" of item 1 of "roles" of item 1 of "projects" of item 1 of "local" is a key that Keystone refuses here`,
			`delete it`,
		}},
		"a project's domain, zed": {src: oneRule(`{"projects":[{"name":"p","roles":[],"domain":{}}]}`, sub), options: zed, want: []string{
			`m.json:1:57: rule 1: item 1 of "projects" of item 1 of "local" has "domain", which belongs to mapping schema 2.0 (Keystone 2024.1 and later); this is judged as schema 1.0, and Keystone zed knows no newer one`,
			`delete "domain"`,
		}},
		"a project's domain, 1.0": {src: oneRule(`{"projects":[{"name":"p","roles":[],"domain":{}}]}`, sub), options: first, want: []string{
			`m.json:1:57: rule 1: item 1 of "projects" of item 1 of "local" has "domain", which belongs to mapping schema 2.0 (Keystone 2024.1 and later); this is judged as schema 1.0`,
			`"schema_version": "2.0"`,
		}},
		"a project's domain, 2.0": {src: oneRule(`{"projects":[{"name":"p","roles":[],"domain":{}}]}`, sub), options: middle},
		"projects_json, 2.0": {src: oneRule(`{"projects_json":"{0}"}`, sub), options: middle, want: []string{
			`m.json:1:22: rule 1: item 1 of "local" has "projects_json", which belongs to mapping schema 3.0 (Keystone 2026.1 and later); this is judged as schema 2.0, and Keystone 2024.1 knows no newer one`,
			`delete "projects_json"`,
		}},
		"projects_json, 3.0":         {src: oneRule(`{"projects_json":"{0}"}`, sub), options: engine.Options{Schema: "3.0"}},
		"a version that zed ignores": {src: `{"schema_version":7,"rules":[{"local":[],"remote":[` + sub + `]}]}`, options: zed},
		"an unknown version": {src: `{"schema_version":"4.0","rules":[]}`, want: []string{
			`m.json:1:19: schema_version is "4.0", but Keystone 2026.2 knows 1.0, 2.0, 3.0: it answers with its web server's 500`,
			`"schema_version": "1.0"`,
		}},
		"a version that is no string": {src: `{"schema_version":1.0,"rules":[]}`, options: first, want: []string{
			`m.json:1:19: schema_version is 1.0, but Keystone 2024.1 knows 1.0, 2.0: it answers with its web server's 500`,
			`"schema_version": "1.0"`,
		}},
		"a version of a later release": {src: `{"schema_version":"3.0","rules":[]}`, options: first, want: []string{
			`m.json:1:19: schema_version is "3.0", but Keystone 2024.1 knows 1.0, 2.0: it answers with its web server's 500 (3.0 came with 2026.1)`,
			`"schema_version": "1.0"`,
		}},
		"a version overruled": {src: `{"schema_version":7,"rules":[{"local":[],"remote":[` + sub + `]}]}`, options: engine.Options{Schema: "1.0"}, want: []string{
			`m.json:1:19: "schema_version" is a number (7), expected a string`,
			`"schema_version": "7"`,
		}},
		"an unknown release": {src: `{"rules":[]}`, options: engine.Options{Release: "bobcat"}, want: []string{
			`m.json: unknown release "bobcat", expected victoria to 2026.2`,
			``,
		}},
		"a schema the release lacks": {src: `{"rules":[]}`, options: engine.Options{Release: "zed", Schema: "2.0"}, want: []string{
			`m.json: no mapping schema "2.0" in Keystone zed, expected [1.0]`,
			``,
		}},
		"several, in Keystone's order": {src: `[{"remote":[]},{"remote":[]},{"local":[]}]`, want: []string{
			`m.json:1:2: rule 1 has no "local"`,
			`"local": [{"user": {"name": "{0}"}}]`,
			`m.json:1:16: rule 2 has no "local"`,
			`"local": [{"user": {"name": "{0}"}}]`,
			`m.json:1:30: rule 3 has no "remote"`,
			`"remote": [{"type": "OIDC-preferred_username"}]`,
			`m.json:1:12: rule 1: "remote" is empty, expected at least one item`,
			`"remote": [{"type": "OIDC-preferred_username"}]`,
			`m.json:1:26: rule 2: "remote" is empty, expected at least one item`,
			`"remote": [{"type": "OIDC-preferred_username"}]`,
		}},
		"paths are compared as strings": {src: `[1,{"local":[]},{"local":[],"remote":[{"type":1},` + sub + `,{"type":1}]}]`, want: []string{
			`m.json:1:4: rule 2 has no "remote"`,
			`"remote": [{"type": "OIDC-preferred_username"}]`,
			`m.json:1:2: rule 1 is a number (1), expected an object`,
			`{"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "OIDC-preferred_username"}]}`,
			`m.json:1:47: rule 3: "type" of item 1 of "remote" is a number (1), expected a string`,
			`"type": "1"`,
			`m.json:1:78: rule 3: "type" of item 3 of "remote" is a number (1), expected a string`,
			`"type": "1"`,
		}},
	}
}
