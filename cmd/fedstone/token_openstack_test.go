package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// openstack is what scripts do: the token serves the ordinary client, in a shell
// that was set up for another account.
func (o onLab) openstack(t *testing.T) {
	if _, err := exec.LookPath("openstack"); err != nil {
		labtest.Require(t, "no openstack client: "+err.Error())
	}
	for _, script := range []string{
		`openstack token issue -f value -c project_id`,
		`openstack catalog list -f value -c Name`,
		`openstack project show "$OS_PROJECT_ID" -f value -c id || openstack federation project list -f value -c ID`,
	} {
		sh := exec.Command("sh", "-c", `eval "$("$FEDSTONE" token --idp corp --format openrc -f "$FILE")" && `+script)
		sh.Env = append(o.command("token").Env, "FEDSTONE="+o.Binary, "FILE="+o.File)
		out, err := sh.CombinedOutput()
		if err != nil || strings.TrimSpace(string(out)) == "" {
			t.Errorf("%s: %v\n%s", script, err, out)
		}
	}
}

// scopes: a project, a domain or none, from the same login.
func (o onLab) scopes(t *testing.T) {
	one, _ := o.token(t, "--idp", "corp")
	if one.Project == nil || one.Project.Name != "demo" || len(one.Roles) == 0 {
		t.Errorf("the only project: %+v with roles %q", one.Project, one.Roles)
	}
	named, said := o.token(t, "--idp", "corp", "--project", one.Project.ID, "--debug")
	if named.Project == nil || named.Project.ID != one.Project.ID || strings.Contains(said, "/auth: 201") {
		t.Errorf("by id: %+v\n%s", named.Project, said)
	}
	bare, _ := o.token(t, "--idp", "corp", "--unscoped")
	if bare.Project != nil || bare.Token == one.Token || len(bare.Roles) != 0 {
		t.Errorf("unscoped: %+v", bare.Project)
	}
	for _, flags := range [][]string{{"--project", "nowhere"}, {"--domain", "nowhere"}} {
		out, err := o.command(append([]string{"token", "--idp", "corp"}, flags...)...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "no role on a "+strings.TrimPrefix(flags[0], "--")+` "nowhere"`) {
			t.Errorf("%q: %v\n%s", flags, err, out)
		}
	}
}
