package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestNoRoot runs the command line as nobody, without a network.
func TestNoRoot(t *testing.T) {
	if os.Geteuid() != 0 {
		labtest.Require(t, "running as another user needs root")
	}
	c, flags, _ := labCaller(t)
	binary := forEverybody(t, c.dir)
	offline := filepath.Join(c.dir, "examples/quickstart/offline.sh")
	cases := map[string]struct {
		args   []string
		path   string
		status int
		says   []string
	}{
		"lab up":           {append([]string{binary, "lab", "up"}, flags...), os.Getenv("PATH"), exitFailed, []string{"the lab needs root (this is user id 65534)", "run it under sudo"}},
		"lab run":          {append(append([]string{binary, "lab", "run"}, flags...), "--", "true"), os.Getenv("PATH"), exitFailed, []string{"the lab needs root", "run it under sudo"}},
		"lab install":      {[]string{binary, "lab", "install"}, "/nowhere", exitFailed, []string{"what is missing, and how Debian 12 gets it", "apt-get install --no-install-recommends", "mvn --quiet"}},
		"the offline half": {[]string{"/bin/bash", offline}, "/usr/bin:/bin", exitClean, []string{"OIDCMetadataDir", "7 tests, 0 failed"}},
	}
	for name, k := range cases {
		t.Run(name, func(t *testing.T) {
			asNobody(t, k.args, "PATH="+k.path, "FEDSTONE="+binary).expect(t, k.status, k.says...)
		})
	}
}

// forEverybody puts the program and the examples below dir, for every user to read, and gives the program's path.
func forEverybody(t *testing.T, dir string) string {
	t.Helper()
	binary := filepath.Join(dir, "fedstone")
	install(t, labtest.Binary(t), binary)
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join(labtest.Repository(t), "examples"))); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("chmod", "-R", "a+rX", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// asNobody runs a command as the user nobody, in a network that holds nothing.
func asNobody(t *testing.T, args []string, env ...string) called {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Env = "/", append(env, "HOME=/nonexistent", "TMPDIR=/tmp")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}, Cloneflags: syscall.CLONE_NEWNET}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		labtest.Require(t, "a network of its own may not be made here")
	}
	return called{cmd.ProcessState.ExitCode(), string(out), ""}
}

func install(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, 0o755); err != nil {
		t.Fatal(err)
	}
}
