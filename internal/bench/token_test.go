package bench

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// BenchmarkToken is `fedstone token` as a script calls it, against the openstack
// client that does the same with the same access token.
func BenchmarkToken(b *testing.B) {
	if _, err := exec.LookPath("openstack"); err != nil {
		labtest.Require(b, "no openstack client: "+err.Error())
	}
	d := labtest.Quickstart(b)
	for b.Loop() {
		for _, way := range []struct{ what, flag string }{{"exchange and rescope", "--no-cache"}, {"a kept token", "--quiet"}} {
			l := logIn(b, d) // the access token lives five minutes
			ours := []string{"OS_CACERT=" + l.ca, "XDG_CACHE_HOME=" + filepath.Join(b.TempDir(), "cache")}
			run := command(b, ours, d.Binary, "token", "-f", l.givenTo(b, d), "--idp", "corp", "--project", l.project, way.flag)
			a, p, ratio := pairs(b, 9, run, command(b, l.peerEnv(), "openstack", "token", "issue"))
			row{"`fedstone token`, " + way.what + ", whole process", inMS(a), inMS(p) + " (`openstack token issue`)", fmt.Sprintf("%.3f (%.1f × faster)", ratio, 1/ratio), "≥ 10 × faster"}.write(b)
		}
	}
}

// givenTo is the deployment's description with the access token in a file.
func (l login) givenTo(b *testing.B, d labtest.Deployment) string {
	b.Helper()
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "token"), []byte(l.token.Reveal()), 0o600); err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile(d.File)
	if err != nil {
		b.Fatal(err)
	}
	grant := "grant: client_credentials\n      client: {id: keystone-cli, secret: {env: CORP_CLI_SECRET}}\n"
	given := strings.Replace(string(text), grant, "grant: file\n      token_file: token\n", 1)
	file := filepath.Join(dir, "federation.yaml")
	if err := os.WriteFile(file, []byte(given), 0o600); err != nil {
		b.Fatal(err)
	}
	return file
}
