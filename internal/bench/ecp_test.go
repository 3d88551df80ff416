package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// BenchmarkECP is a login by SAML to a project's token, as a script makes it, against
// `openstack --os-auth-type v3samlpassword token issue`.
func BenchmarkECP(b *testing.B) {
	if _, err := exec.LookPath("openstack"); err != nil {
		labtest.Require(b, "no openstack client: "+err.Error())
	}
	d := labtest.SAML(b, "")
	l := samlLogin{Deployment: d, password: read(b, d.Lab.SecretFile("corp-user-alice"))}
	l.project = l.projectOf(b)
	name, peer := l.peer(b)
	for b.Loop() {
		a, p, ratio := pairs(b, 9, l.ours(b), peer)
		row{"`fedstone token` by SAML (ECP), whole process: first call", inMS(a), inMS(p) + " (" + name + ")", fmt.Sprintf("%.3f (%.1f × faster)", ratio, 1/ratio), "≥ 3 × faster"}.write(b)
	}
}

type samlLogin struct {
	labtest.Deployment
	password, project string
}

func read(b *testing.B, file string) string {
	b.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// ours keeps its tokens, and finds none.
func (l samlLogin) ours(b *testing.B) sample {
	cache := filepath.Join(b.TempDir(), "cache")
	call := command(b, []string{"OS_CACERT=" + l.Lab.CAFile, "CORP_ALICE_PASSWORD=" + l.password, "XDG_CACHE_HOME=" + cache}, l.Binary,
		"token", "-f", l.File, "--idp", "corp-saml", "--project", l.project)
	return func() time.Duration {
		if err := os.RemoveAll(cache); err != nil {
			b.Fatal(err)
		}
		return call()
	}
}

// peer tries the openstack client as it is, and then with a cookie jar that takes what
// mod_auth_mellon sets on localhost.
func (l samlLogin) peer(b *testing.B) (string, sample) {
	b.Helper()
	const name = "`openstack --os-auth-type v3samlpassword token issue`"
	env := []string{"OS_AUTH_TYPE=v3samlpassword", "OS_AUTH_URL=" + l.Lab.KeystoneURL + "/v3", "OS_IDENTITY_API_VERSION=3", "OS_IDENTITY_PROVIDER=corp-saml",
		"OS_PROTOCOL=saml2", "OS_IDENTITY_PROVIDER_URL=" + labtest.IssuerURL(b, l.Lab, "corp") + "/protocol/saml",
		"OS_USERNAME=alice", "OS_PASSWORD=" + l.password, "OS_PROJECT_ID=" + l.project, "OS_CACERT=" + l.Lab.CAFile}
	cmd := exec.Command("openstack", "token", "issue")
	cmd.Env = append(env, "PATH="+os.Getenv("PATH"), "HOME="+os.Getenv("HOME"))
	out, err := cmd.CombinedOutput()
	if err == nil {
		return name, command(b, env, "openstack", "token", "issue")
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	b.Logf("openstack --os-auth-type v3samlpassword token issue: %v: %s", err, lines[len(lines)-1])
	patched, err := filepath.Abs(filepath.Join("testdata", "ecp"))
	if err != nil {
		b.Fatal(err)
	}
	return name + ", its cookie jar mended", command(b, append(env, "PYTHONPATH="+patched), "openstack", "token", "issue")
}

// projectOf asks for the id of the description's project, as fedstone tells it.
func (l samlLogin) projectOf(b *testing.B) string {
	b.Helper()
	out, err := l.Command("token", "--idp", "corp-saml", "--no-cache", "--format", "json").Output()
	var got struct{ Project struct{ ID string } }
	if err == nil {
		err = json.Unmarshal(out, &got)
	}
	if err != nil {
		b.Fatal(err)
	}
	return got.Project.ID
}
