package apply_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// command is the real program with a description and the lab's Keystone.
type command struct {
	target
	binary, file string
	env          []string
}

func newCommand(t *testing.T, binary string, providers ...string) command {
	t.Helper()
	l := labtest.Open(t)
	c := command{target{client: connect(t, labEnv(t)), suffix: "-" + strings.ToLower(rand.Text()[:8])}, binary, filepath.Join(t.TempDir(), "federation.yaml"), labtest.Env(l)}
	t.Cleanup(func() { c.remove(t) })
	c.describe(t, providers...)
	return c
}

func (c command) describe(t *testing.T, providers ...string) {
	t.Helper()
	var ids []string
	for _, name := range providers {
		ids = append(ids, name+c.suffix)
	}
	if err := os.WriteFile(c.file, []byte(labtest.Described("production", ids...)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (c command) start(t *testing.T, out *bytes.Buffer, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), c.binary, append([]string{"apply", "-f", c.file}, args...)...)
	cmd.Env, cmd.Stdout, cmd.Stderr = c.env, out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func (c command) run(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.start(t, &out, args...).Wait(); err != nil {
		t.Errorf("apply %q: %v\n%s", args, err, &out)
	}
	return c.plain(out.String())
}

// TestProcesses holds the ends of disturbed processes against that of one which
// nobody disturbed.
func TestProcesses(t *testing.T) {
	labEnv(t)
	binary := labtest.Binary(t)
	alone := newCommand(t, binary, "a")
	start := time.Now()
	alone.run(t)
	took, want := time.Since(start), alone.snapshot(t)
	for _, n := range []int{2, 4} {
		t.Run(fmt.Sprintf("%d at once", n), func(t *testing.T) { atOnce(t, newCommand(t, binary, "a"), n, want) })
	}
	t.Run("killed", func(t *testing.T) {
		for range trials(20, 1) {
			killed(t, newCommand(t, binary, "a"), took, want)
		}
	})
}

// ended wants the objects to be those of the undisturbed process, and nothing left to do.
func (c command) ended(t *testing.T, want []string) {
	t.Helper()
	if d := cmp.Diff(want, c.snapshot(t)); d != "" {
		t.Errorf("the end (-undisturbed +disturbed):\n%s", d)
	}
	if out := c.run(t, "--plan"); out != "0 to create, 0 to update, 8 unchanged\n" {
		t.Errorf("and then: %s", out)
	}
}

// atOnce starts processes with the same description at the same moment. Each ends well.
func atOnce(t *testing.T, c command, n int, want []string) {
	var wait sync.WaitGroup
	for range n {
		var out bytes.Buffer
		cmd := c.start(t, &out)
		wait.Go(func() {
			if err := cmd.Wait(); err != nil {
				t.Errorf("one of %d: %v\n%s", n, err, &out)
			}
		})
	}
	wait.Wait()
	c.ended(t, want)
}

// killed ends processes with SIGKILL, at random moments of the time that one takes;
// the next one completes the work.
func killed(t *testing.T, c command, took time.Duration, want []string) {
	seed := mathrand.Uint64()
	dice, ended := mathrand.New(mathrand.NewPCG(seed, 0)), 0
	for range 2 {
		var out bytes.Buffer
		cmd := c.start(t, &out)
		time.Sleep(time.Duration(dice.Int64N(int64(took))))
		_ = cmd.Process.Kill() // it may be through
		if cmd.Wait() == nil {
			ended++
		}
	}
	t.Logf("seed %d: %d of 2 processes were through before", seed, ended)
	c.run(t)
	c.ended(t, want)
}
