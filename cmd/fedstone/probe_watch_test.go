package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
)

// probing starts a watch every second, and gives what it says on both outputs.
func (c caller) probing(args ...string) (running, *heard) {
	c.t.Helper()
	cmd, h := c.command(append([]string{"probe", "--watch", "1s"}, args...)...), &heard{}
	cmd.Stdout, cmd.Stderr = h, h
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = cmd.Process.Kill() }) // has no effect on one that has ended
	return running{Cmd: cmd}, h
}

// scraped waits for a sample at the address that the watch has told.
func scraped(t *testing.T, h *heard, sample string) {
	t.Helper()
	h.next(t, 0, "/metrics\n")
	address := regexp.MustCompile(`http://\S+/metrics`).FindString(h.String())
	text := ""
	for range 200 {
		answer, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if text = string(body); err == nil && strings.Contains(text, sample+"\n") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no sample %s in\n%s", sample, text)
}

// refuseLogins is a Keystone whose identity provider was disabled.
func (c *cloud) refuseLogins(w http.ResponseWriter, r *http.Request) {
	if strings.Count(r.Header.Get("Authorization"), ".") != 2 {
		c.usual(w, r)
		return
	}
	keystonetest.Refuse(w, http.StatusForbidden, "Identity Provider corp is disabled")
}

// A door that breaks and is mended shows in the lines, in the words and in the
// metrics, and no token outlives the watch.
func TestProbeWatch(t *testing.T) {
	c, _, at := describedCaller(t)
	r, h := c.probing("--listen", "127.0.0.1:0")
	on := h.next(t, 0, `"identity_provider":"corp"`)
	const success = `fedstone_probe_success{controller="",identity_provider="corp"} `
	scraped(t, h, success+"1")
	at.at("POST "+corpAuth, at.refuseLogins)
	on = h.next(t, on, "corp: failed: exchange: ")
	on = h.next(t, on, `"ok":false,"failed_step":"exchange","symptom":"`)
	on = h.next(t, on, `"changes":["failed"]`)
	scraped(t, h, success+"0")
	scraped(t, h, `fedstone_probe_step_success{controller="",identity_provider="corp",step="exchange"} 0`)
	at.at("POST "+corpAuth, nil)
	on = h.next(t, on, "corp: recovered\n")
	h.next(t, on, `"changes":["recovered"]`)
	scraped(t, h, success+"1")
	r.ended(t, h)
	if n := at.ValidTokens(); n != 0 {
		t.Errorf("%d tokens are still valid", n)
	}
	for _, canary := range canaries {
		if strings.Contains(h.String(), canary) {
			t.Errorf("a secret is shown (%s…):\n%s", canary, h)
		}
	}
}

// SIGTERM in the middle of a run ends it as an interrupt does: what was issued is
// revoked, and the run is no failure.
func TestProbeWatchTerminated(t *testing.T) {
	c, _, at := describedCaller(t)
	g := newGate()
	at.at("GET /v3/auth/projects", g.before(at.usual))
	r, h := c.probing()
	select {
	case <-g.reached:
	case <-time.After(30 * time.Second):
		t.Error("nobody logs in")
	}
	if err := r.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond) // the signal is on its way; too late is no fault either
	close(g.open)
	_ = r.Wait() // the status tells
	if got := r.ProcessState.ExitCode(); got != exitInterrupted || strings.Contains(h.String(), "failed") {
		t.Errorf("exit status %d\n%s", got, h)
	}
	if n := at.ValidTokens(); n != 0 {
		t.Errorf("%d tokens are still valid", n)
	}
}

// The description is read again before each run. One that cannot be used is told
// once, and what was read before stays in use.
func TestProbeWatchRereads(t *testing.T) {
	c, _, _ := describedCaller(t)
	good, err := os.ReadFile(filepath.Join(c.dir, "federation.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	r, h := c.probing("--listen", "127.0.0.1:0")
	on := h.next(t, 0, `"ok":true`)
	c.put("federation.yaml", string(good)+"  [\n")
	on = h.next(t, on, "[yaml-syntax]")
	on = h.next(t, on, "what was read before stays in use")
	on = h.next(t, on, `"run":4`)
	scraped(t, h, "fedstone_probe_description_current 0")
	if n := strings.Count(h.String(), "[yaml-syntax]"); n != 1 {
		t.Errorf("told %d times\n%s", n, h)
	}
	c.put("federation.yaml", strings.Replace(string(good), "client: {id: cli, secret: {env: CLI_SECRET}}", "client: {id: cli, secret: {file: other}}", 1))
	on = h.next(t, on, "other") // there is no such file
	c.file("other", "wrong-secret-canary")
	on = h.next(t, on, "the description can be used again")
	on = h.next(t, on, `"changes":["failed"]`) // the issuer knows another secret
	c.file("other", "cli-secret-canary")
	h.next(t, on, `"changes":["recovered"]`)
	scraped(t, h, "fedstone_probe_description_current 1")
	r.ended(t, h)
}

// Nobody is asked for a login, and no browser is opened.
func TestProbeWatchAlone(t *testing.T) {
	c, op, _ := describedCaller(t)
	text, err := os.ReadFile(filepath.Join(c.dir, "federation.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	c.put("federation.yaml", strings.Replace(string(text), "grant: client_credentials", "grant: code", 1))
	r, h := c.probing()
	on := h.next(t, 0, "needs a person")
	h.next(t, on, "fedstone token --idp corp")
	r.ended(t, h)
	if n := op.Asked("/authorize") + op.Asked("/token"); n != 0 {
		t.Errorf("%d requests for a login that nobody can make", n)
	}
}

// A port that is taken is told before anybody logs in.
func TestProbeWatchTakenPort(t *testing.T) {
	c, op, _ := describedCaller(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	c.run("probe", "--watch", "1s", "--listen", taken.Addr().String()).expect(t, exitFailed, "address already in use")
	if n := op.Asked(wellKnown); n != 0 {
		t.Errorf("the issuer was asked %d times", n)
	}
}

// A reader that goes away ends the watch, with nothing left behind.
func TestProbeWatchBrokenPipe(t *testing.T) {
	c, _, at := describedCaller(t)
	cmd := c.command("probe", "--watch", "1s")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout = write
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close()
	_ = read.Close()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("it ended as if all were well")
		}
	case <-time.After(30 * time.Second):
		_ = cmd.Process.Kill()
		t.Error("it goes on for nobody")
	}
	if n := at.ValidTokens(); n != 0 {
		t.Errorf("%d tokens are still valid", n)
	}
}
