package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/roles"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/users"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
)

// issuingLab is the quickstart with a Keystone that issues access tokens.
type issuingLab struct {
	labtest.Deployment
	admin  *gophercloud.ServiceClient
	web    *http.Client
	secret string // the secret file of backup
}

// backupPassword is of the user whose application credential apply makes.
const backupPassword = "of-a-user-that-only-the-tests-know"

// newIssuingLab deploys the quickstart with a section oauth2.
func newIssuingLab(t *testing.T, section func(issuingLab) string) issuingLab {
	t.Helper()
	running := labtest.Open(t)
	d := labtest.Deployment{Lab: running, Binary: labtest.Binary(t), File: filepath.Join(t.TempDir(), "federation.yaml")}
	l := issuingLab{Deployment: d, admin: adminOf(t, d), secret: filepath.Join(filepath.Dir(d.File), "backup.env")}
	var err error
	if l.web, err = oidc.NewHTTPClient(running.CAFile); err != nil {
		t.Fatal(err)
	}
	l.clouds(t)
	l.person(t, "backup")
	if err := os.WriteFile(d.File, append(labtest.QuickstartText(t, running), section(l)...), 0o600); err != nil {
		t.Fatal(err)
	}
	l.deploy(t)
	return l
}

// clouds is how the user of the client logs in.
func (l issuingLab) clouds(t *testing.T) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clouds.yaml")
	text := fmt.Sprintf("clouds:\n  backup:\n    cacert: %s\n    auth: {auth_url: %s/v3, username: backup, password: %s, project_name: admin, user_domain_name: Default, project_domain_name: Default}\n",
		l.Lab.CAFile, l.Lab.KeystoneURL, backupPassword)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("OS_CLIENT_CONFIG_FILE", path)
}

// person makes a user with the role reader on the administrator's project, which is its
// default as well.
func (l issuingLab) person(t *testing.T, name string) string {
	t.Helper()
	project, err := apply.Live(l.admin).Find(t.Context(), apply.Project, "default", "admin")
	if err != nil || len(project) != 1 {
		t.Fatal(project, err)
	}
	known, err := apply.Live(l.admin).RoleIDs(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	user, err := users.Create(t.Context(), l.admin, users.CreateOpts{Name: name, Password: backupPassword, DomainID: "default", DefaultProjectID: project[0].ID}).Extract()
	if err != nil {
		t.Fatal(err)
	}
	after(t, func(c context.Context) error { return users.Delete(c, l.admin, user.ID).ExtractErr() })
	if err := roles.Assign(t.Context(), l.admin, known["reader"], roles.AssignOpts{UserID: user.ID, ProjectID: project[0].ID}).ExtractErr(); err != nil {
		t.Fatal(err)
	}
	return user.ID
}

func (l issuingLab) deploy(t *testing.T) {
	t.Helper()
	l.Run(t, "render", "-o", l.Lab.Root, "--prefix", l.Lab.Root)
	l.Run(t, "lab", "reload", "--dir", l.Lab.Dir)
}
