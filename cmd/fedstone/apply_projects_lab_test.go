package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/projects"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/roles"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestProjectsOfRules: Keystone makes a project that a rule names in the domain of
// the identity provider, though another domain has one of that name; and it takes
// there a role that is that domain's own, which apply lets pass.
func TestProjectsOfRules(t *testing.T) {
	d := labtest.Quickstart(t)
	admin := adminOf(t, d)
	decoy := makeProject(t, admin, "default", "papers")
	makeRole(t, admin, "campus", "librarian")
	o := newOnLab(t, grantPapers(t, d))
	o.Run(t, "apply")
	kept, _ := o.token(t, "--idp", "campus", "--project", "papers", "--no-cache")
	removed(t, admin, kept.Project.ID)
	if kept.Project.ID == decoy || kept.Project.Domain.Name != "campus" || !slices.Contains(kept.Roles, "member") {
		t.Errorf("project %+v, roles %q; want papers of campus, and member there", kept.Project, kept.Roles)
	}
}

// grantPapers gives everybody of campus a project of its own.
func grantPapers(t *testing.T, d labtest.Deployment) labtest.Deployment {
	t.Helper()
	text, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	head, tail, _ := strings.Cut(string(text), "\n  campus:")
	const rule = "      - user: {name: \"{preferred_username}\"}\n"
	changed := strings.Replace(tail, rule, rule+"        projects: [{name: papers, roles: [member, librarian]}]\n", 1)
	if changed == tail {
		t.Fatal("the example has no such rule at campus: the case proves nothing")
	}
	d.File = filepath.Join(t.TempDir(), "federation.yaml")
	if err := os.WriteFile(d.File, []byte(head+"\n  campus:"+changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return d
}

func makeProject(t *testing.T, admin *gophercloud.ServiceClient, domain, name string) string {
	t.Helper()
	id, err := apply.Live(admin).Create(t.Context(), apply.Project, domain, name, "")
	if err != nil {
		t.Fatal(err)
	}
	removed(t, admin, id)
	return id
}

// removed takes a project away when the test is over.
func removed(t *testing.T, admin *gophercloud.ServiceClient, id string) {
	after(t, func(c context.Context) error { return projects.Delete(c, admin, id).ExtractErr() })
}

func makeRole(t *testing.T, admin *gophercloud.ServiceClient, domain, name string) {
	t.Helper()
	found, err := apply.Live(admin).Find(t.Context(), apply.Domain, "", domain)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	role, err := roles.Create(t.Context(), admin, roles.CreateOpts{Name: name, DomainID: found[0].ID}).Extract()
	if err != nil {
		t.Fatal(err)
	}
	after(t, func(c context.Context) error { return roles.Delete(c, admin, role.ID).ExtractErr() })
}

// after is done when the test is over. The administrator's token ends later still.
func after(t *testing.T, do func(context.Context) error) {
	t.Cleanup(func() {
		if err := do(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
}
