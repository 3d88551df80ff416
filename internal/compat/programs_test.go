package compat_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/compat"
	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/roots"
)

// suiteOf names the lab's suite.
func suiteOf(t *testing.T, l *lab.Lab) compat.Suite {
	t.Helper()
	if s, ok := roots.ByName(l.Debian); ok {
		return compat.Suite{Name: s.Name, Title: s.Title, Platform: s.Platform}
	}
	if release, err := os.ReadFile("/etc/os-release"); err != nil || !strings.Contains(string(release), "VERSION_CODENAME=bookworm") {
		t.Fatalf("the host's own programs are to be Debian 12's: %v\n%s", err, release)
	}
	return compat.Suite{Name: "bookworm", Title: "Debian 12", Platform: "debian-12"}
}

// programs asks the lab's programs for their versions.
func programs(t *testing.T, l *lab.Lab) compat.Programs {
	t.Helper()
	const horizon = `import importlib.metadata as m; print(m.version("horizon"))`
	return compat.Programs{
		HTTPD:  says(t, l, `Apache/([\d.]+)`, "/usr/sbin/apache2", "-v"),
		Module: named(t, l, "mod_auth_openidc", "usr/lib/apache2/modules/mod_auth_openidc.so"),
		OAuth2: named(t, l, "mod_oauth2", "usr/lib/apache2/modules/mod_oauth2.so"), Library: named(t, l, "liboauth2", "usr/lib/*/liboauth2.so.?"),
		Keystone: says(t, l, `(?m)^([\d.]+)`, "/usr/bin/keystone-manage", "--version"), Python: says(t, l, `Python ([\d.]+)`, "/usr/bin/python3", "--version"),
		Horizon: says(t, l, `(?m)^([\d.]+)`, "/usr/bin/python3", "-c", horizon),
	}
}

// says runs a program where the lab's run, and finds its version in what it says.
func says(t *testing.T, l *lab.Lab, pattern string, command ...string) string {
	t.Helper()
	if l.System != "" {
		command = roots.Place{Root: string(l.System)}.Command(command...)
	}
	out, err := exec.Command(command[0], command[1:]...).Output() // warnings are beside it
	found := regexp.MustCompile(pattern).FindSubmatch(out)
	if err != nil || found == nil {
		t.Fatalf("%v: %v\n%s", command, err, out)
	}
	return string(found[1])
}

// named finds the version that a module or library carries behind its name; "" where it is not installed.
func named(t *testing.T, l *lab.Lab, name, file string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("/", string(l.System), file))
	if err != nil || len(files) == 0 {
		return ""
	}
	text, err := os.ReadFile(files[0])
	found := regexp.MustCompile(name + `-(\d[\d.]+)`).FindSubmatch(text)
	if err != nil || found == nil {
		t.Fatalf("%s: %v: it carries no version", files[0], err)
	}
	return string(found[1])
}
