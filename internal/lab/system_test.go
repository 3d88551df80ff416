package lab

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/roots"
)

// TestCommandOfASystem: the host's programs run as they are, those of a suite in its folder and as their user there; what
// belongs to the host runs there in any lab.
func TestCommandOfASystem(t *testing.T) {
	mariadb := program{path: "/usr/sbin/mariadbd", args: []string{"--no-defaults"}, as: &account{"mysql", 995, 994}}
	memcached := program{path: "/usr/bin/memcached", outside: true}
	if got := (&Lab{Dir: "/srv/lab"}).entering(mariadb); !slices.Equal(got, []string{"/usr/sbin/mariadbd", "--no-defaults"}) {
		t.Errorf("on the host: %q", got)
	}
	if got := (&Lab{Dir: "/srv/lab", System: "/srv/trixie"}).entering(memcached); !slices.Equal(got, []string{"/usr/bin/memcached"}) {
		t.Errorf("the host's, in a suite's lab: %q", got)
	}
	got := (&Lab{Dir: "/srv/lab", System: "/srv/trixie", CAFile: "/srv/lab/ca.pem"}).entering(mariadb)
	want := []string{"/srv/trixie", "/srv/lab", "", "995:994", "/usr/sbin/mariadbd", "--no-defaults"}
	if got[0] != "unshare" || !slices.Equal(got[len(got)-len(want):], want) {
		t.Errorf("of the suite: %q, want it to end with %q", got, want)
	}
}

func TestSuites(t *testing.T) {
	if _, err := newLab(Options{Dir: t.TempDir(), Debian: "potato"}); err == nil || !strings.Contains(err.Error(), `no Debian "potato"`) {
		t.Errorf("an unknown suite: %v", err)
	}
	need(t, Stack)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	l, err := newLab(Options{Dir: t.TempDir(), Debian: "trixie"})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.System.check(); err == nil || !strings.Contains(err.Error(), "fedstone lab install --debian") {
		t.Errorf("a suite that is not installed: %v", err)
	}
	missing := strings.Join(Missing(SuiteNeeds("trixie")), "\n")
	if !strings.Contains(missing, "Debian 13: debootstrap") || strings.Contains(missing, "Debian 11") {
		t.Errorf("missing: %s", missing)
	}
}

// TestTrust: httpd finds the lab's CA as the system's, also where it is the host's httpd, and keeps its number.
func TestTrust(t *testing.T) {
	if requireRoot() != nil || !roots.Possible() {
		t.Skip("mounting needs root")
	}
	dir := t.TempDir()
	write(t, dir+"/ca.pem", "the lab's\n")
	l := &Lab{Dir: dir, CAFile: dir + "/ca.pem"}
	command := l.entering(program{path: "/bin/sh", args: []string{"-c", `cat /etc/ssl/certs/ca-certificates.crt; echo $$`}, trusts: true})
	cmd := exec.Command(command[0], command[1:]...)
	out, err := cmd.CombinedOutput()
	if want := fmt.Sprintf("the lab's\n%d\n", cmd.Process.Pid); err != nil || string(out) != want {
		t.Errorf("%v: %q, want %q", err, out, want)
	}
	if text, err := os.ReadFile("/etc/ssl/certs/ca-certificates.crt"); err != nil || strings.HasPrefix(string(text), "the lab's") {
		t.Errorf("%v: the host's own CAs are %.20q", err, text)
	}
}

// TestKeystoneScript: the script where there is one, else the module.
func TestKeystoneScript(t *testing.T) {
	dir := openDir(t)
	if got := system(dir).keystoneScript(); got != "/usr/lib/python3/dist-packages/keystone/wsgi/api.py" {
		t.Errorf("without a script: %s", got)
	}
	mkdir(t, dir, "usr", 0o755)
	mkdir(t, dir, "usr/bin", 0o755)
	write(t, dir+"/usr/bin/keystone-wsgi-public", "")
	if got := system(dir).keystoneScript(); got != "/usr/bin/keystone-wsgi-public" {
		t.Errorf("with a script: %s", got)
	}
}
