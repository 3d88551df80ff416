package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// heard is what a process has said so far, on both outputs.
type heard struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write takes what the process says.
func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(p)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.String()
}

// next waits until the process says a text behind what was heard before, and
// gives the end of it.
func (h *heard) next(t *testing.T, from int, text string) int {
	t.Helper()
	for waited := time.Duration(0); waited < 30*time.Second; waited += 10 * time.Millisecond {
		if i := strings.Index(h.String()[from:], text); i >= 0 {
			return from + i + len(text)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("not said within 30 s: %q\n%s", text, h)
	return 0
}

// put replaces a file as an editor does that saves it whole.
func (c caller) put(name, text string) {
	c.t.Helper()
	fresh := c.file(name+"~", text)
	if err := os.Rename(fresh, filepath.Join(c.dir, name)); err != nil {
		c.t.Fatal(err)
	}
}

const (
	watchedRules = `{"rules": [{"remote": [{"type": "OIDC-sub"}], "local": [{"user": {"name": "{0}"}}]}]}`
	watchedTests = "mapping: rules.json\ntests:\n  - {name: alice, claims: {sub: alice}, want: {user: NAME}}\n"
)

// watching starts a process that watches, and gives what it says.
func (c caller) watching(args ...string) (running, *heard) {
	c.t.Helper()
	cmd, h := c.command(append([]string{"test", "--watch"}, args...)...), &heard{}
	cmd.Stdout, cmd.Stderr = h, h
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = cmd.Process.Kill() }) // has no effect on one that has ended
	return running{Cmd: cmd}, h
}

// ended interrupts it and checks the status.
func (r running) ended(t *testing.T, h *heard) {
	t.Helper()
	r.interrupt(t)
	_ = r.Wait() // the status tells
	if got := r.ProcessState.ExitCode(); got != exitInterrupted {
		t.Errorf("exit status %d, want %d\n%s", got, exitInterrupted, h)
	}
}

// TestWatch: each file of the run, changed in turn, also by somebody who has not
// finished typing.
func TestWatch(t *testing.T) {
	c := newCaller(t)
	c.file("rules.json", watchedRules)
	c.file("a.test.yaml", strings.Replace(watchedTests, "NAME", "bob", 1))
	r, h := c.watching("a.test.yaml")
	at := h.next(t, 0, "1 test, 1 failed\n")
	c.put("a.test.yaml", strings.Replace(watchedTests, "NAME", "alice", 1))
	at = h.next(t, at, "changed: a.test.yaml\n")
	at = h.next(t, at, "1 test, 0 failed\n")
	c.put("rules.json", watchedRules[:30])
	at = h.next(t, at, "changed: rules.json\n")
	at = h.next(t, at, "[bad-json]")
	c.put("rules.json", strings.Replace(watchedRules, `{0}`, `x{0}`, 1))
	at = h.next(t, at, "changed: rules.json\n")
	at = h.next(t, at, "+ user: xalice\n")
	if err := os.Remove(filepath.Join(c.dir, "rules.json")); err != nil {
		t.Fatal(err)
	}
	at = h.next(t, at, "[mapping-file]")
	c.put("rules.json", watchedRules)
	h.next(t, at, "1 test, 0 failed\n")
	r.ended(t, h)
}

// TestWatchDescription: a description that is broken for a while is waited for,
// and so is the mapping file that it names.
func TestWatchDescription(t *testing.T) {
	good := strings.Replace(watchedDescription, "NAME", "alice", 1)
	c := newCaller(t)
	c.file("rules.json", watchedRules)
	c.file("federation.yaml", good)
	r, h := c.watching()
	at := h.next(t, 0, "1 test, 0 failed\n")
	c.put("federation.yaml", good+"  [\n")
	at = h.next(t, at, "[yaml-syntax]")
	c.put("rules.json", strings.Replace(watchedRules, `{0}`, `x{0}`, 1))
	at = h.next(t, at, "changed: rules.json\n")
	c.put("federation.yaml", strings.Replace(watchedDescription, "NAME", "xalice", 1))
	at = h.next(t, at, "changed: federation.yaml\n")
	h.next(t, at, "1 test, 0 failed\n")
	r.ended(t, h)
}

const watchedDescription = `version: 1
keystone: {url: "https://keystone.example.org:5000"}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
identity_providers:
  corp:
    issuer: https://sso.example.org/realms/corp
    client: {id: keystone, secret: {env: CLIENT}}
    mapping: rules.json
    tests: [{name: alice, claims: {sub: alice}, want: {user: NAME}}]
`

// TestWatchFolder: a test file that is new in a folder is run, and a token is
// watched, too.
func TestWatchFolder(t *testing.T) {
	c := newCaller(t)
	c.file("tests/rules.json", watchedRules)
	c.file("tests/a.test.yaml", strings.Replace(watchedTests, "NAME", "alice", 1))
	c.file("tests/token", "e30.eyJzdWIiOiJib2IifQ.") // bob
	r, h := c.watching("tests")
	at := h.next(t, 0, "1 test, 0 failed\n")
	c.put("tests/b.test.yaml", "mapping: rules.json\ntests:\n  - {name: token, jwt: token, want: {user: bob}}\n")
	at = h.next(t, at, "2 tests, 0 failed\n")
	c.put("tests/token", "e30.eyJzdWIiOiJhbm4ifQ.") // ann
	at = h.next(t, at, "changed: tests/token\n")
	h.next(t, at, "2 tests, 1 failed\n")
	r.ended(t, h)
}

// TestWatchMissing: a file that is not there yet is waited for.
func TestWatchMissing(t *testing.T) {
	c := newCaller(t)
	r, h := c.watching("a.test.yaml")
	at := h.next(t, 0, "no such file")
	c.put("rules.json", watchedRules)
	c.put("a.test.yaml", strings.Replace(watchedTests, "NAME", "alice", 1))
	h.next(t, at, "1 test, 0 failed\n")
	r.ended(t, h)
}
