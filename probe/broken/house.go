package broken

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/secret"
)

// House is an httpd of its own beside the lab's, with every door and every
// Keystone of testdata, on the lab's database.
type House struct {
	lab    *lab.Lab
	dir    string
	ports  ports
	cases  []Case
	issuer *issuer
	alive  context.Context // until a program of the house ends
	died   context.CancelFunc
	client *http.Client // trusts the house, and finds every name in it
	mask   *secret.Redactor
	admin  *gophercloud.ServiceClient
}

// Open makes the objects of the cases in the lab's Keystone and opens the doors.
// Everything ends with the test.
func Open(t testing.TB, cases []Case) *House {
	t.Helper()
	h := &House{lab: labtest.Open(t), dir: folder(t), cases: cases, issuer: newIssuer(t, cases), mask: &secret.Redactor{}}
	h.mask.Add(secret.New(h.issuer.secret))
	h.alive, h.died = context.WithCancel(context.Background())
	h.certificates(t)
	h.occupy(t)
	h.configure(t)
	h.start(t)
	h.balance(t)
	h.furnish(t)
	h.await(t)
	return h
}

// folder is one that httpd's and Keystone's users may enter.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "fedstone-broken-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (h *House) path(name string) string { return filepath.Join(h.dir, name) }

func (h *House) write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(h.path(name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// start runs httpd until the test ends.
func (h *House) start(t testing.TB) {
	t.Helper()
	program, _ := labtest.Httpd(t)
	h.run(t, program, "-f", h.path("httpd.conf"), "-DFOREGROUND")
}

// run runs a program until the test ends; Interrupt is httpd's and haproxy's word
// for an end without delay.
func (h *House) run(t testing.TB, program string, args ...string) {
	t.Helper()
	daemon := exec.Command(program, args...)
	log, err := os.OpenFile(h.path("output"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	daemon.Stdout, daemon.Stderr = log, log
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = daemon.Wait(); h.died(); close(ended) }()
	t.Cleanup(func() { _ = daemon.Process.Signal(os.Interrupt); <-ended })
}

// patience is how long all Keystones together may take to start.
const patience = 60 * time.Second

// await waits until every Keystone answers.
func (h *House) await(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, name := range names(t, "keystones", ".conf") {
		for h.answers(ctx, "keystone-"+name) != nil {
			select {
			case <-h.alive.Done():
				t.Fatalf("httpd or haproxy has ended:\n%s", h.Log())
			case <-ctx.Done():
				t.Fatalf("the Keystone %s does not answer:\n%s", name, h.Log())
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
}

func (h *House) answers(ctx context.Context, door string) error {
	a, err := keystone.Ask(ctx, h.client, keystone.Request{Method: http.MethodGet, URL: "https://" + door + ".broken.test/v3"})
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("%s answers %d", door, a.Status)
	}
	return err
}

// Log is what httpd and the Keystones have said.
func (h *House) Log() string {
	return h.text("output") + h.text("error.log")
}

// text gives a file of the house, "" where it is missing.
func (h *House) text(name string) string {
	text, _ := os.ReadFile(h.path(name))
	return string(text)
}
