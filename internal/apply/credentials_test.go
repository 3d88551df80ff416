package apply

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// account keeps application credentials in memory; the real one is asked in the lab.
type account struct {
	project string
	list    []keystone.ApplicationCredential
	secrets map[string]secret.Value // by id
	fails   error                   // of the next creation
	before  func()                  // called before one is made
}

func (a *account) Owner(context.Context) (keystone.Owner, error) {
	return keystone.Owner{UserID: "u", User: "backup", ProjectID: a.project, Project: a.project}, nil
}

func (a *account) ApplicationCredentials(context.Context) ([]keystone.ApplicationCredential, error) {
	return slices.Clone(a.list), nil
}

func (a *account) CreateApplicationCredential(_ context.Context, n keystone.NewApplicationCredential) (string, error) {
	if a.before != nil {
		a.before()
	}
	if err := a.fails; err != nil {
		a.fails = nil
		return "", err
	}
	id := fmt.Sprintf("id%d", len(a.secrets))
	roles := n.Roles
	if len(roles) == 0 {
		roles = []string{"member", "reader"}
	}
	a.list = append(a.list, keystone.ApplicationCredential{ID: id, Name: n.Name, Description: n.Description, ProjectID: a.project, Roles: roles, Expires: n.Expires})
	a.secrets[id] = n.Secret
	return id, nil
}

func (a *account) DeleteApplicationCredential(_ context.Context, id string) error {
	a.list = slices.DeleteFunc(a.list, func(one keystone.ApplicationCredential) bool { return one.ID == id })
	return nil
}

// rotating is one client, its account and its clock.
type rotating struct {
	*testing.T
	account *account
	client  spec.OAuth2Client
	path    string
	now     time.Time
	rotate  bool
}

func newRotating(t *testing.T) *rotating {
	text := func(v string) spec.Text { return spec.Text{Value: v} }
	client := spec.OAuth2Client{Name: text("backup"), Cloud: text("backup"), Roles: []spec.Text{text("reader")}, Lifetime: text("2160h"), Renew: text("500h"), Grace: text("24h")}
	return &rotating{t, &account{project: "p", secrets: map[string]secret.Value{}}, client, filepath.Join(t.TempDir(), "backup.env"), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), false}
}

// plan gives the pending changes, a line each.
func (r *rotating) plan() (Changes, string) {
	r.Helper()
	changes, list, err := PlanCredential(r.Context(), r.account, r.client, CredentialOptions{Path: r.path, Owner: "prod", Rotate: r.rotate, Now: func() time.Time { return r.now }})
	if err != nil {
		r.Fatal(err)
	}
	var lines []string
	for _, c := range changes.Pending() {
		lines = append(lines, c.String())
	}
	for _, f := range list {
		lines = append(lines, "finding "+f.Slug)
	}
	return changes, strings.Join(lines, "\n")
}

// apply makes the changes, and holds the file against Keystone.
func (r *rotating) apply() string {
	r.Helper()
	changes, said := r.plan()
	if err := Execute(r.Context(), changes, 4, func(Change) {}); err != nil {
		r.Fatal(err)
	}
	r.sound()
	return said
}

// sound: the file holds a credential that Keystone has, with its secret, for its owner
// alone; and nothing is pending.
func (r *rotating) sound() {
	r.Helper()
	k, err := loadKept(r.path)
	if err != nil || k.ID == "" || r.account.secrets[k.ID] != k.Secret {
		r.Errorf("the file does not hold a secret of Keystone's: %v, id %q", err, k.ID)
	}
	if !slices.ContainsFunc(r.account.list, func(one keystone.ApplicationCredential) bool { return one.ID == k.ID && one.Name == k.Name }) {
		r.Errorf("Keystone has no %s", k.Name)
	}
	if _, err := os.Stat(r.path + pendingEnding); err == nil {
		r.Error("a pending secret is left")
	}
}

func (r *rotating) want(said, want string) {
	r.Helper()
	if (want == "") != (said == "") || !strings.HasPrefix(said, want) {
		r.Errorf("planned %q, want %q", said, want)
	}
}

func TestCredentialIsMadeAndStays(t *testing.T) {
	r := newRotating(t)
	said := r.apply()
	r.want(said, "+ application credential backup of user backup on project p: roles reader, expires_at 2026-04-01T00:00:00Z, secret_file "+r.path)
	if strings.Contains(said, r.account.secrets["id0"].Reveal()) || len(r.account.secrets["id0"].Reveal()) < 40 {
		t.Error("the secret is shown, or short")
	}
	if d := r.account.list[0].Description; d != "OAuth 2.0 client backup (made by fedstone for prod)" {
		t.Errorf("description %q", d)
	}
	r.want(r.apply(), "")
}

func TestCredentialRotates(t *testing.T) {
	cases := map[string]struct {
		change func(*rotating)
		want   string
	}{
		"before its end":   {func(r *rotating) { r.now = r.now.Add(1661 * time.Hour) }, "~ application credential backup of user backup on project p: expires_at 2026-04-01T00:00:00Z -> "},
		"not much earlier": {func(r *rotating) { r.now = r.now.Add(1659 * time.Hour) }, ""},
		"after its end":    {func(r *rotating) { r.now = r.now.Add(9000 * time.Hour) }, "~ application credential backup of user backup on project p: expires_at "},
		"other roles":      {func(r *rotating) { r.client.Roles[0].Value = "member" }, "~ application credential backup of user backup on project p: roles reader -> member"},
		"any roles":        {func(r *rotating) { r.client.Roles = nil }, ""},
		"other project":    {func(r *rotating) { r.account.project = "q" }, "~ application credential backup of user backup on project q: project p -> q"},
		"unasked":          {func(r *rotating) { r.rotate = true }, "~ application credential backup of user backup on project p: secret in use -> new"},
		"file gone":        {func(r *rotating) { _ = os.Remove(r.path) }, "+ application credential"},
		"deleted there":    {func(r *rotating) { r.account.list = nil }, "+ application credential"},
		"for ever":         {func(r *rotating) { r.account.list[0].Expires = time.Time{} }, "~ application credential backup of user backup on project p: expires_at never -> "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := newRotating(t)
			r.apply()
			r.now = r.now.Add(time.Second)
			c.change(r)
			r.T = t
			r.want(r.apply(), c.want)
			r.rotate = false
			r.want(r.apply(), "")
		})
	}
}

// TestCredentialGrace: the one before stays as long as the grace says, and what
// somebody else made stays for ever.
func TestCredentialGrace(t *testing.T) {
	r := newRotating(t)
	r.account.list = []keystone.ApplicationCredential{{ID: "x", Name: "backup-20200101T000000Z-00000000", Description: "mine"}, {ID: "y", Name: "backup", Description: "made by fedstone for prod"},
		{ID: "z", Name: "backup-20200101T000000Z-00000000", Description: "made by fedstone for other"}}
	r.apply()
	r.now, r.rotate = r.now.Add(time.Hour), true
	r.apply()
	r.now, r.rotate = r.now.Add(23*time.Hour), false
	r.want(r.apply(), "")
	r.now = r.now.Add(time.Hour)
	r.want(r.apply(), "- application credential backup-20260101T000000Z-")
	if len(r.account.list) != 4 {
		t.Errorf("left: %+v", r.account.list)
	}
}

// TestCredentialInterrupted ends runs at each place where something may be lost.
func TestCredentialInterrupted(t *testing.T) {
	cases := map[string]struct {
		upset func(*rotating)
		want  string
		made  int // by both runs
	}{
		"refused":               {func(r *rotating) { r.account.fails = &keystone.Refusal{Status: 404} }, "+ ", 1},
		"no answer":             {func(r *rotating) { r.account.fails = errors.New("cut off") }, "+ ", 1},
		"made, and not written": {func(r *rotating) { r.account.before = func() { _ = os.Mkdir(r.path, 0o700) } }, "~ application credential backup of user backup on project p: secret_file not written -> ", 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := newRotating(t)
			c.upset(r)
			changes, _ := r.plan()
			if err := Execute(t.Context(), changes, 1, func(Change) {}); err == nil {
				t.Fatal("nothing failed: the case proves nothing")
			}
			_ = os.Remove(r.path)
			r.account.before = nil
			r.want(r.apply(), c.want)
			if len(r.account.secrets) != c.made {
				t.Errorf("%d made", len(r.account.secrets))
			}
		})
	}
}

// TestCredentialRunsMeet: whoever writes last has a secret that counts, and what is
// left over ends with the next rotation.
func TestCredentialRunsMeet(t *testing.T) {
	r := newRotating(t)
	first, _ := r.plan()
	r.account.before = func() {
		r.account.before = nil
		second, _ := r.plan()
		if err := Execute(t.Context(), second, 1, func(Change) {}); err != nil {
			t.Error(err)
		}
	}
	if err := Execute(t.Context(), first, 1, func(Change) {}); err != nil {
		t.Fatal(err)
	}
	r.sound()
	if len(r.account.list) != 2 {
		t.Fatalf("%+v", r.account.list)
	}
}

func TestCredentialElsewhere(t *testing.T) {
	r := newRotating(t)
	r.apply()
	r.account.list = append(r.account.list, keystone.ApplicationCredential{ID: "o", Name: "backup-20990101T000000Z-00000000", Description: "made by fedstone", ProjectID: "p"})
	r.want(r.apply(), "finding credential-elsewhere")
}

func TestCredentialWithoutPlace(t *testing.T) {
	r := newRotating(t)
	cases := map[string]func(){
		"without a project":     func() { r.account.project = "" },
		"no such file":          func() { r.path = filepath.Join(t.TempDir(), "none", "b.env") },
		"others may read":       func() { r.path = r.write("# application credential x\n"+secretWord+"abc\n", 0o640) },
		"line 2 is not one":     func() { r.path = r.write("# application credential x\nOS_PASSWORD=hunter2\n", 0o600) },
		"characters that apply": func() { r.path = r.write("# application credential x\n"+secretWord+"$(id)\n", 0o600) },
	}
	for says, upset := range cases {
		r.account.project, r.path = "p", filepath.Join(t.TempDir(), "b.env")
		upset()
		_, _, err := PlanCredential(t.Context(), r.account, r.client, CredentialOptions{Path: r.path})
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "$(id)") {
			t.Errorf("want %q, got %v", says, err)
		}
	}
}

func (r *rotating) write(text string, mode os.FileMode) string {
	path := filepath.Join(r.TempDir(), "b.env")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		r.Fatal(err)
	}
	return path
}
