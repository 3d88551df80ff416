package bench

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
		for _, way := range []tokenWay{{what: "first call", empty: true}, {what: "a kept token"}, {what: "nothing kept, the unscoped token revoked", flags: []string{"--no-cache"}}} {
			l := logIn(b, d) // the access token lives five minutes
			a, p, ratio := pairs(b, 9, way.run(b, d, l), command(b, l.peerEnv(), "openstack", "token", "issue"))
			row{"`fedstone token`, whole process: " + way.what, inMS(a), inMS(p) + " (`openstack token issue`)", fmt.Sprintf("%.3f (%.1f × faster)", ratio, 1/ratio), way.bound()}.write(b)
		}
	}
}

// tokenWay is one use of the cache.
type tokenWay struct {
	what  string
	empty bool // the cache is, each time
	flags []string
}

// bound: revoking is one request more than the peer makes, who leaves its token behind.
func (w tokenWay) bound() string {
	if len(w.flags) > 0 {
		return "no bound"
	}
	return "≥ 10 × faster"
}

func (w tokenWay) run(b *testing.B, d labtest.Deployment, l login) sample {
	cache := filepath.Join(b.TempDir(), "cache")
	args := append([]string{"token", "-f", l.givenTo(b, d), "--idp", "corp", "--project", l.project}, w.flags...)
	call := command(b, []string{"OS_CACERT=" + l.ca, "XDG_CACHE_HOME=" + cache}, d.Binary, args...)
	return func() time.Duration {
		if w.empty {
			if err := os.RemoveAll(cache); err != nil {
				b.Fatal(err)
			}
		}
		return call()
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
