package mapping_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/prove"
)

// world is one Keystone that holds the mappings of all fixtures, each with an identity provider and a domain of its
// own.
type world struct {
	mu       sync.Mutex
	keystone *prove.Keystone
}

func newWorld(t *testing.T) *world {
	files, err := filepath.Glob("testdata/*/*/mapping.json")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no fixtures: ", err)
	}
	o := prove.Objects{Mappings: map[string]json.RawMessage{}, Roles: []string{"member", "reader"}}
	for _, file := range files {
		id := idOf(filepath.Dir(file))
		o.Mappings[id] = text(t, file)
		o.IdentityProviders = append(o.IdentityProviders, prove.IdentityProvider{ID: id})
		o.Protocols = append(o.Protocols, prove.Protocol{IdentityProvider: id, ID: "mapped", Mapping: id})
	}
	for _, name := range []string{"readers", "members", "admins", "filename-readers", "red", "blue", "team-red", "team-blue", "project-1"} {
		o.Groups = append(o.Groups, prove.Named{ID: name, Name: name, Domain: "op1"})
	}
	return &world{keystone: prove.StartKeystone(t, t.TempDir(), o)}
}

// idOf names a fixture in Keystone: testdata/SLUG/fires is SLUG.fires, cut to the length of an id.
func idOf(dir string) string {
	slug := filepath.Base(filepath.Dir(dir))
	return slug[:min(len(slug), 50)] + "." + filepath.Base(dir)
}

func text(t *testing.T, file string) json.RawMessage {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// login is what comes of a login: the status, and of a token its user and groups.
type login struct {
	Status   int
	Name, ID string
	Groups   []string
	token    string
	reason   string
}

func (w *world) ask(t *testing.T, c prove.Call) prove.Reply {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.keystone.Ask(t, c)
}

// login logs in through a fixture's mapping, with claims as "sub=alice" and other variables as "REMOTE_USER=alice".
func (w *world) login(t *testing.T, fixture string, claims ...string) login {
	t.Helper()
	return read(t, w.ask(t, prove.Call{Path: "/v3/OS-FEDERATION/identity_providers/" + idOf(fixture) + "/protocols/mapped/auth", Env: environ(claims)}))
}

func environ(claims []string) map[string]string {
	out := map[string]string{}
	for _, c := range claims {
		name, value, _ := strings.Cut(c, "=")
		if strings.ToUpper(name) != name {
			name = "OIDC-" + name
		}
		out[name] = value
	}
	return out
}

func read(t *testing.T, r prove.Reply) login {
	t.Helper()
	out := login{Status: r.Status, token: r.Header.Get("X-Subject-Token"), reason: r.Reason}
	if r.Status != 201 {
		return out
	}
	var body struct {
		Token struct {
			User struct {
				ID, Name   string
				Federation struct {
					Groups []struct{ ID string }
				} `json:"OS-FEDERATION"`
			}
		}
	}
	if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
		t.Fatal(err)
	}
	out.ID, out.Name = body.Token.User.ID, body.Token.User.Name
	for _, g := range body.Token.User.Federation.Groups {
		out.Groups = append(out.Groups, g.ID)
	}
	slices.Sort(out.Groups)
	return out
}

// projects lists what the login may enter.
func (w *world) projects(t *testing.T, l login) []string {
	t.Helper()
	r := w.ask(t, prove.Call{Method: "GET", Path: "/v3/auth/projects", Header: map[string]string{"X-Auth-Token": l.token}})
	var body struct{ Projects []struct{ Name string } }
	if err := json.Unmarshal([]byte(r.Body), &body); err != nil || r.Status != 200 {
		t.Fatalf("%d %v\n%s", r.Status, err, r.Body)
	}
	out := []string{}
	for _, p := range body.Projects {
		out = append(out, p.Name)
	}
	slices.Sort(out)
	return out
}

// statuses proves that a login ends with a status under the firing mapping, and with 201 under its mend.
func (w *world) statuses(want int, reason string, claims ...string) func(t *testing.T, fires, silent string) {
	return func(t *testing.T, fires, silent string) {
		got := w.login(t, fires, claims...)
		if got.Status != want || !strings.Contains(got.reason, reason) {
			t.Errorf("fires: got %d (%s), want %d (%s)", got.Status, got.reason, want, reason)
		}
		if got := w.login(t, silent, claims...); got.Status != 201 {
			t.Errorf("silent: got %d (%s), want 201", got.Status, got.reason)
		}
	}
}

// lets proves that somebody gets in under the firing mapping, with groups, and is refused under its mend.
func (w *world) lets(groups string, claims ...string) func(t *testing.T, fires, silent string) {
	return func(t *testing.T, fires, silent string) {
		got := w.login(t, fires, claims...)
		same(t, "fires", fmt.Sprintf("201 [%s]", groups), fmt.Sprintf("%d %v", got.Status, got.Groups))
		same(t, "silent", 401, w.login(t, silent, claims...).Status)
	}
}

// groups proves which groups a login gets under the firing mapping and under its mend.
func (w *world) groups(fired, mended []string, claims ...string) func(t *testing.T, fires, silent string) {
	return func(t *testing.T, fires, silent string) {
		same(t, "fires", fired, w.login(t, fires, claims...).Groups)
		same(t, "silent", mended, w.login(t, silent, claims...).Groups)
	}
}

// oneUser proves that two logins are one user under the firing mapping and two under its mend, or the other way.
func (w *world) oneUser(fired bool, a, b []string) func(t *testing.T, fires, silent string) {
	return func(t *testing.T, fires, silent string) {
		for dir, want := range map[string]bool{fires: fired, silent: !fired} {
			one, other := w.login(t, dir, a...), w.login(t, dir, b...)
			same(t, dir+": both log in", []int{201, 201}, []int{one.Status, other.Status})
			same(t, dir+": one user", want, one.ID == other.ID)
		}
	}
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// answer has the engine of a release of Keystone evaluate a fixture.
func answer(t *testing.T, release, fixture string, claims ...string) oracle.Answer {
	t.Helper()
	assertion := map[string]any{}
	for name, value := range environ(claims) {
		assertion[name] = value
	}
	got, err := oracle.Open(t, release).Ask([]oracle.Case{{Mapping: object(t, fixture), Assertion: assertion}})
	if err != nil {
		t.Fatal(err)
	}
	return got[0]
}

// object gives a fixture's mapping as an object, which a bare list is the rules of.
func object(t *testing.T, fixture string) json.RawMessage {
	t.Helper()
	src := text(t, filepath.Join(fixture, "mapping.json"))
	if doc, _ := engine.Read("mapping.json", src); doc != nil && doc.Root.Get("rules") == nil {
		return slices.Concat([]byte(`{"rules": `), src, []byte(`}`))
	}
	return src
}
