package probe_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/projects"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// member is somebody who logs in at Keystone, and the projects that are told alone.
type member struct {
	idp, name string
	bearer    secret.Value
	projects  []string
}

// asks is how often somebody asks for the projects in one login. Keystone in two
// processes of four threads answers one of a hundred wrongly: a few times in a run.
const asks = 3

// Many people log in at the same time, and each is told of the own projects and gets a
// token of the own name.
func TestLoginsTogetherOnTheLab(t *testing.T) {
	const atOnce, logins = 8, 104
	d := labtest.Quickstart(t)
	ownProject(t, d)
	web, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	people := members(t, d, web)
	start, next := time.Now(), make(chan member)
	var working sync.WaitGroup
	for range atOnce {
		working.Go(func() {
			for m := range next {
				m.logsIn(t, d.Lab.KeystoneURL, web)
			}
		})
	}
	for i := range logins {
		next <- people[i%len(people)]
	}
	close(next)
	working.Wait()
	t.Logf("%d logins of %d people in %s", logins, len(people), time.Since(start))
}

// ownProject gives the group readers of campus a project that cloud-users are not told of.
func ownProject(t *testing.T, d labtest.Deployment) {
	t.Helper()
	text, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	const shared = "readers: [{project: course, roles: [reader]}]"
	own := bytes.Replace(text, []byte(shared), []byte("readers: [{project: library, roles: [reader]}]"), 1)
	if bytes.Equal(own, text) {
		t.Fatal("the example has no group readers at campus: the case proves nothing")
	}
	d.File += ".own.yaml"
	if err := os.WriteFile(d.File, own, 0o600); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "apply")
	admin := connect(t, d)
	t.Cleanup(func() { removeProject(t, admin, "library") })
}

func removeProject(t *testing.T, admin *gophercloud.ServiceClient, name string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	all, err := projects.List(admin, projects.ListOpts{Name: name}).AllPages(ctx)
	if err != nil {
		t.Fatal(err)
	}
	list, err := projects.ExtractProjects(all)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if err := projects.Delete(ctx, admin, list[0].ID).ExtractErr(); err != nil {
		t.Error(err)
	}
}

// members are people of every issuer. They log in one after the other first, and not all
// of an issuer have the same projects.
func members(t *testing.T, d labtest.Deployment, web *http.Client) (all []member) {
	t.Helper()
	told := map[string]bool{}
	for _, issuer := range d.Lab.Issuers {
		doc, err := oidc.Discover(t.Context(), web, issuer.URL)
		if err != nil {
			t.Fatal(err)
		}
		client := oidc.Client{ID: "keystone-cli", Secret: secret.New(labtest.Secret(t, d.Lab, issuer.Name+"-keystone-cli"))}
		for _, name := range []string{"alice", "bob"} {
			password := secret.New(labtest.Secret(t, d.Lab, issuer.Name+"-user-"+name))
			tokens, err := oidc.Password(t.Context(), web, doc, client, name, password, []string{"openid", "profile", "groups"})
			if err != nil {
				t.Fatal(err)
			}
			m := member{idp: issuer.Name, name: name, bearer: tokens.Access}
			m.projects = m.logsIn(t, d.Lab.KeystoneURL, web)
			told[strings.Join(m.projects, " ")] = true
			all = append(all, m)
		}
	}
	if len(told) < 2 || told[""] {
		t.Fatalf("people are told of %v: the case proves nothing", told)
	}
	return all
}

// logsIn exchanges the bearer, asks for the projects and for a token of the last one.
func (m member) logsIn(t *testing.T, url string, web *http.Client) (names []string) {
	a, err := keystone.Exchange(t.Context(), web, url, m.idp, "openid", m.bearer)
	if err != nil || a.Status != http.StatusCreated {
		t.Errorf("%s of %s: login: %d %v", m.name, m.idp, a.Status, err)
		return nil
	}
	session := keystone.Session{Client: web, URL: url, Token: a.Token()}
	last := keystone.Named{}
	for range asks {
		names, last = m.asks(t, session)
	}
	a, err = session.Rescope(t.Context(), last.ID)
	if err != nil || a.Status != http.StatusCreated || !bytes.Contains(a.Body, []byte(`"name": "`+m.name+`"`)) {
		t.Errorf("%s of %s: rescope: %d %v, want 201 and the own name", m.name, m.idp, a.Status, err)
	}
	return names
}

// asks gives the projects. Whoever knows the own ones wants to be told of them again.
func (m member) asks(t *testing.T, session keystone.Session) (names []string, last keystone.Named) {
	list, a, err := session.Projects(t.Context())
	if err != nil || len(list) == 0 {
		t.Errorf("%s of %s: %d projects: %d %v", m.name, m.idp, len(list), a.Status, err)
		return nil, last
	}
	for _, last = range list {
		names = append(names, last.Name)
	}
	if m.projects != nil && !slices.Equal(names, m.projects) {
		t.Errorf("%s of %s is told of %v, alone of %v", m.name, m.idp, names, m.projects)
	}
	return names, last
}
