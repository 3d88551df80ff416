package examples_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/secret"
)

// TestMappingsLogIn logs in with every example of mappings/: what the engine says
// of the token's own claims must be what Keystone then shows.
func TestMappingsLogIn(t *testing.T) {
	w := newMappingWorld(t)
	for name, c := range mappingCases() {
		t.Run(name, func(t *testing.T) {
			t.Cleanup(func() { w.forget(t) })
			rules := w.onThisCloud(exampleFile(t, name, "mapping.json"))
			w.install(t, rules)
			if c.after != "" {
				before := c
				before.issuer = c.after
				w.logIn(t, before.issuer, w.token(t, before))
			}
			token := w.token(t, c)
			env := environment(t, payload(t, token))
			want := predict(t, w.cloud, rules, env, c.lacks)
			got := w.logIn(t, c.issuer, token)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-foretold +Keystone:\n%s", diff)
			}
			if diff := cmp.Diff(stated(t, name), withoutIDs(got)); diff != "" {
				t.Errorf("-want.json +Keystone:\n%s", diff)
			}
			expectLike(t, exampleEnvironment(t, name), env)
		})
	}
	t.Run("ids that differ in case", w.samePerson)
	t.Run("roles of groups", w.groupRoles)
}

// samePerson logs two people in whose ids differ in case alone: to MariaDB, and so
// to Keystone, they are one user, who keeps the id of the first.
func (w *mappingWorld) samePerson(t *testing.T) {
	t.Cleanup(func() { w.forget(t) })
	w.install(t, []byte(`{"rules": [{"local": [{"user": {"id": "{0}"}}], "remote": [{"type": "OIDC-desk"}]}]}`))
	first := w.logIn(t, "own", w.ownToken(map[string]any{"desk": "Desk-7"}))
	second := w.logIn(t, "own", w.ownToken(map[string]any{"desk": "desk-7"}))
	if first.ID != engine.PublicID(w.cloud.idp, "Desk-7") || second.ID != first.ID || second.UniqueID != "Desk-7" {
		t.Errorf("Desk-7 and desk-7 are not one user: %+v, %+v", first, second)
	}
}

// expectLike holds an example's environment against a real one, without what a
// lab makes anew.
func expectLike(t *testing.T, stated, real map[string]string) {
	t.Helper()
	for name, value := range stated {
		fresh := name == "OIDC-iss" || name == "OIDC-sub" || name == "REMOTE_USER"
		if got, set := real[name]; !set || (!fresh && got != value) {
			t.Errorf("environment.json states %s = %q, the token gives %q (set: %v)", name, value, got, set)
		}
	}
}

// payload is the claims of a signed token.
func payload(t *testing.T, token secret.Value) []byte {
	t.Helper()
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		t.Fatalf("the issuer's token has %d parts, expected 3", len(parts))
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// issued is as much of a token's body as this test judges.
type issued struct {
	Token struct {
		User struct {
			ID, Name   string
			Domain     struct{ ID string }
			Federation struct {
				Groups []cloudGroup `json:"groups"`
			} `json:"OS-FEDERATION"`
		} `json:"user"`
	} `json:"token"`
}

// logIn logs in through an issuer and gathers what Keystone shows of it.
func (w *mappingWorld) logIn(t *testing.T, issuer string, token secret.Value) login {
	t.Helper()
	a, err := keystone.Exchange(t.Context(), w.web, w.lab.KeystoneURL, w.idp(issuer), "openid", token)
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != http.StatusCreated {
		return login{Status: a.Status}
	}
	user := bodyOf(t, a).Token.User
	l := login{Status: a.Status, User: user.Name, ID: user.ID, Domain: user.Domain.ID, Groups: w.groupNames(t, user.Federation.Groups)}
	l.Email, l.UniqueID = w.userDetails(t, user.ID)
	l.Projects = w.assignments(t, user.ID)
	session := keystone.Session{Client: w.web, URL: w.lab.KeystoneURL, Token: a.Token()}
	expectScopes(t, session, l.Projects)
	if _, err := session.Revoke(t.Context()); err != nil {
		t.Error(err)
	}
	return l
}

func bodyOf(t *testing.T, a keystone.Answer) issued {
	t.Helper()
	var body issued
	if err := json.Unmarshal(a.Body, &body); err != nil {
		t.Fatal(err)
	}
	return body
}

// expectScopes holds the projects that the token may be scoped to against the
// user's roles.
func expectScopes(t *testing.T, session keystone.Session, roles map[string][]string) {
	t.Helper()
	listed, a, err := session.Projects(t.Context())
	if err != nil || a.Status != http.StatusOK {
		t.Fatalf("GET /v3/auth/projects: %d, %v", a.Status, err)
	}
	for _, p := range listed {
		if _, has := roles[p.Name]; !has {
			t.Errorf("the token may be scoped to %s, on which the user has no role", p.Name)
		}
	}
	if len(listed) != len(roles) {
		t.Errorf("the token may be scoped to %d projects, the user has roles on %d", len(listed), len(roles))
	}
}

// groupNames gives the names of a token's groups.
func (w *mappingWorld) groupNames(t *testing.T, groups []cloudGroup) []string {
	t.Helper()
	var names []string
	for _, g := range groups {
		i := slices.IndexFunc(w.cloud.groups, func(known cloudGroup) bool { return known.ID == g.ID })
		if i < 0 {
			t.Fatalf("the token names a group that this test has not made: %+v", g)
		}
		names = append(names, w.cloud.groups[i].Name)
	}
	slices.Sort(names)
	return names
}
