package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
)

// caller runs the command line as a process of its own, in a folder of its own,
// with an environment that holds what a test puts there and nothing of the tester's.
type caller struct {
	t   *testing.T
	dir string
	env map[string]string
}

// called is what a process left behind.
type called struct {
	status         int
	stdout, stderr string
}

// canaries are the secrets of every test here; none may be shown.
var canaries = []string{"canary", keystonetest.Password, "gAAAAA", "eyJ"}

func newCaller(t *testing.T) caller {
	dir := t.TempDir()
	return caller{t, dir, map[string]string{"PATH": os.Getenv("PATH"), "HOME": dir, "TMPDIR": t.TempDir()}}
}

// file writes a file of the caller's folder that only its owner can read.
func (c caller) file(name, text string) string {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

func (c caller) command(args ...string) *exec.Cmd {
	cmd := exec.Command("fedstone", args...)
	cmd.Dir = c.dir
	for name, value := range c.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	return cmd
}

func (c caller) run(args ...string) called {
	c.t.Helper()
	return c.end(c.start(args...))
}

// running is a process at work.
type running struct {
	*exec.Cmd
	out, err *bytes.Buffer
}

func (c caller) start(args ...string) running {
	c.t.Helper()
	return c.started(c.command(args...))
}

// endOf runs a command that was changed.
func (c caller) endOf(cmd *exec.Cmd) called {
	c.t.Helper()
	return c.end(c.started(cmd))
}

func (c caller) started(cmd *exec.Cmd) running {
	c.t.Helper()
	r := running{cmd, &bytes.Buffer{}, &bytes.Buffer{}}
	r.Stdout, r.Stderr = r.out, r.err
	if err := r.Start(); err != nil {
		c.t.Fatal(err)
	}
	return r
}

// end waits for the process, and checks what holds for every call.
func (c caller) end(r running) called {
	c.t.Helper()
	_ = r.Wait() // the status tells
	done := called{r.ProcessState.ExitCode(), r.out.String(), r.err.String()}
	for _, canary := range canaries {
		if strings.Contains(done.stdout+done.stderr, canary) {
			c.t.Errorf("%q shows a secret (%s…):\n%s%s", r.Args, canary, done.stdout, done.stderr)
		}
	}
	for _, trace := range []string{"panic:", "goroutine ", "%!"} {
		if strings.Contains(done.stderr, trace) {
			c.t.Errorf("%q: %s in the error:\n%s", r.Args, trace, done.stderr)
		}
	}
	return done
}

// interrupt sends the signal that Ctrl-C sends.
func (r running) interrupt(t *testing.T) {
	t.Helper()
	if err := r.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
}

// oneLine gives a text as if no line of it had been broken.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// expect checks the status, and that every text is said: on standard error, or
// anywhere in a report, wherever its lines are broken.
func (d called) expect(t *testing.T, status int, says ...string) {
	t.Helper()
	if d.status != status {
		t.Errorf("exit status %d, want %d", d.status, status)
	}
	said := oneLine(d.stdout + " " + d.stderr)
	for _, text := range says {
		if !strings.Contains(said, oneLine(text)) {
			t.Errorf("not said: %q", text)
		}
	}
	if t.Failed() {
		t.Logf("standard output:\n%s\nstandard error:\n%s", d.stdout, d.stderr)
	}
}

// silent checks that standard output, which is for results, holds nothing.
func (d called) silent(t *testing.T) {
	t.Helper()
	if d.stdout != "" {
		t.Errorf("on standard output, which is for results:\n%s", d.stdout)
	}
	if strings.TrimSpace(d.stderr) == "" {
		t.Error("nothing is said on standard error")
	}
}

// treeOf gives a folder's every entry with mode and content; a missing folder is empty.
func treeOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		entries[path] = info.Mode().String()
		if info.Mode().IsRegular() {
			text, err := os.ReadFile(path)
			entries[path] += " " + string(text)
			return err
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return entries
}

// unchanged runs what must leave a folder as it is, byte for byte.
func unchanged(t *testing.T, dir string, what func()) {
	t.Helper()
	before := treeOf(t, dir)
	what()
	if d := cmp.Diff(before, treeOf(t, dir)); d != "" {
		t.Errorf("%s is another than before (-before +after):\n%s", dir, d)
	}
}
