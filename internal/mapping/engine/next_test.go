package engine_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

const everybody = `{"user": {"type": "ephemeral", "id": "Zoë", "email": "zoe@example.org", "domain": {"name": "partner"}},
	"group_ids": ["g1"], "group_names": [{"name": "ops", "domain": {"name": "corp"}}, {"name": "ops", "domain": {"name": "corp"}}, {"name": "ops", "domain": {"id": "4711"}}],
	"projects": [{"name": "demo", "roles": [{"name": "member"}, {"name": "reader"}]}]}`

// TestNext shows one result as Keystone stores it, by release.
func TestNext(t *testing.T) {
	facts := engine.Facts{DomainID: "c0", DomainName: "corp", IdP: "sso", Protocol: "openid"}
	partner, corp := engine.DomainRef{Name: "partner", From: "mapping"}, engine.DomainRef{ID: "c0", Name: "corp", From: "identity provider"}
	ops := engine.DomainRef{ID: "c0", Name: "corp", From: "mapping"}
	other := engine.DomainRef{ID: "4711", From: "mapping"}
	want := engine.Next{
		User:     engine.StoredUser{Type: "ephemeral", UniqueID: "Zo%C3%AB", Email: "zoe@example.org", Domain: corp, ID: engine.PublicID("c0", "Zo%C3%AB")},
		Groups:   []engine.SoughtGroup{{ID: "g1"}, {Name: "ops", Domain: &ops}, {Name: "ops", Domain: &other}},
		Projects: []engine.SoughtProject{{Name: "demo", Domain: corp, Roles: []string{"member", "reader"}}},
	}
	for release, domain := range map[string]engine.DomainRef{"wallaby": corp, "2023.2": corp, "2024.1": partner, "2026.2": partner} {
		t.Run(release, func(t *testing.T) {
			want := want
			if want.User.Domain = domain; domain == partner {
				want.User.ID = "" // the id of partner is not known
			}
			got := nextProcessor(t, release, "").Next(mapped(t, everybody), facts)
			want.Steps, want.Notes = got.Steps, got.Notes
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestNextSays: what a person is told, and where it is not true and not told.
func TestNextSays(t *testing.T) {
	cases := map[string]struct {
		words           string
		release, schema string
		mapped          string
		facts           engine.Facts
		told            bool
	}{
		"a domain is passed over":            {"domain in the mapping is passed over", "2023.2", "1.0", everybody, engine.Facts{}, true},
		"a domain is honoured":               {"domain in the mapping is passed over", "2024.1", "1.0", everybody, engine.Facts{}, false},
		"roles stay":                         {"roles on projects stay", "2026.1", "2.0", everybody, engine.Facts{}, true},
		"roles are taken away":               {"roles on projects stay", "2026.1", "3.0", everybody, engine.Facts{}, false},
		"application credentials":            {"application credentials", "zed", "", everybody, engine.Facts{}, true},
		"no group, no word of credentials":   {"application credentials", "zed", "", `{"user": {"type": "ephemeral", "name": "a"}}`, engine.Facts{}, false},
		"REMOTE_USER as the name":            {"takes REMOTE_USER for the user's name,", "zed", "", everybody, engine.Facts{}, true},
		"a known lack of REMOTE_USER":        {"REMOTE_USER", "zed", "", everybody, engine.Facts{RemoteUserKnown: true}, false},
		"REMOTE_USER as name and id":         {"one person would be two users", "zed", "", `{"user": {"type": "ephemeral"}}`, engine.Facts{RemoteUser: "x", RemoteUserKnown: true}, true},
		"a missing group":                    {"passed over without a word", "zed", "", everybody, engine.Facts{}, true},
		"groups of a local user":             {"a local user has those of Keystone", "zed", "", strings.Replace(everybody, "ephemeral", "local", 1), engine.Facts{}, true},
		"a project with blanks":              {"409", "zed", "", `{"user": {"type": "ephemeral", "name": "a"}, "projects": [{"name": " p", "roles": []}]}`, engine.Facts{}, true},
		"identity provider and protocol":     {`provider "sso" and protocol "openid"`, "zed", "", everybody, engine.Facts{IdP: "sso", Protocol: "openid"}, true},
		"who else may have brought the same": {"the same domain", "zed", "", everybody, engine.Facts{}, true},
		"capitals in an id":                  {"are one user", "zed", "", everybody, engine.Facts{}, true},
		"an id without capitals":             {"are one user", "zed", "", `{"user": {"type": "ephemeral", "id": "zoë"}}`, engine.Facts{}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := nextProcessor(t, c.release, c.schema).Next(mapped(t, c.mapped), c.facts)
			text, err := json.Marshal(map[string]any{"steps": n.Steps, "notes": n.Notes})
			if err != nil {
				t.Fatal(err)
			}
			plain, _ := json.Marshal(c.words)
			if strings.Contains(string(text), strings.Trim(string(plain), `"`)) != c.told {
				t.Errorf("told %q: %v, want %v:\n%s", c.words, !c.told, c.told, text)
			}
		})
	}
}

// TestNextAsJSON: lists are never null, for programs that read them.
func TestNextAsJSON(t *testing.T) {
	n := nextProcessor(t, "zed", "").Next(mapped(t, `{"user": {"type": "local", "id": "u"}}`), engine.Facts{})
	n.Steps = []engine.Step{}
	text, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"user":{"type":"local","name":"","domain":{},"id":"u"},"groups":[],"projects":[],"error":null,"steps":[],"notes":[]}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
