package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// disk mounts a file system of its own into the caller's folder.
func (c caller) disk(name, size string) string {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.Mkdir(path, 0o755); err != nil {
		c.t.Fatal(err)
	}
	err := syscall.Mount("tmpfs", path, "tmpfs", 0, "size="+size)
	if errors.Is(err, syscall.EPERM) {
		labtest.Require(c.t, "mounting a small file system needs root")
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		if err := syscall.Unmount(path, 0); err != nil {
			c.t.Error(err)
		}
	})
	return path
}

// fill leaves not one byte of a disk.
func fill(t *testing.T, dir string) {
	t.Helper()
	err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 1<<20), 0o600)
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full, so nothing is tested: %v", err)
	}
}

// described is a caller with a live issuer, and render's first result in old.
func describedCaller(t *testing.T) (caller, *optest.Server, *cloud) {
	c, op, at := newCaller(t), optest.New(t), newCloud(t)
	at.described(c, op.URL, both(t, op.CAFile, at.CAFile))
	return c, op, at
}

// another changes the description, so that render has something to write.
func (c caller) another() {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, "federation.yaml"))
	if err != nil {
		c.t.Fatal(err)
	}
	c.file("federation.yaml", strings.Replace(string(text), "preferred_username", "email", 1))
}

func TestFullDisk(t *testing.T) {
	c, op, _ := describedCaller(t)
	old, small := c.disk("old", "256k"), c.disk("small", "8k")
	c.run("render", "-o", "old/tree").expect(t, exitClean)
	c.file("old/federation.yaml", "mine\n")
	c.another()
	fill(t, old)
	initial := []string{"init", "--issuer", op.URL, "--ca-file", op.CAFile, "-o"}
	for _, full := range []string{old, small} {
		unchanged(t, full, func() {
			for _, args := range [][]string{
				{"render", "-o", filepath.Join(full, "tree")},
				{"render", "-o", filepath.Join(full, "tree"), "--prune", "--format", "json"},
				{"render", "-o", filepath.Join(full, "tree/of/another/depth")},
			} {
				done := c.run(args...)
				done.expect(t, exitFailed, "nothing was changed", "no space left on device", full)
				done.silent(t)
			}
		})
	}
	fill(t, small)
	unchanged(t, c.dir, func() {
		for _, args := range [][]string{{"small/federation.yaml"}, {"old/federation.yaml", "--force"}} {
			done := c.run(append(initial, args...)...)
			done.expect(t, exitFailed, "no space left on device", "federation.yaml")
			done.silent(t)
		}
	})
}

func TestReadOnlyTarget(t *testing.T) {
	c, op, _ := describedCaller(t)
	old := c.disk("old", "256k")
	c.run("render", "-o", "old/tree").expect(t, exitClean)
	c.another()
	if err := syscall.Mount("", old, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	unchanged(t, c.dir, func() {
		for _, args := range [][]string{
			{"render", "-o", "old/tree"}, {"render", "-o", "old/new"},
			{"init", "--issuer", op.URL, "--ca-file", op.CAFile, "-o", "old/new.yaml"},
		} {
			done := c.run(args...)
			done.expect(t, exitFailed, "read-only file system", "old/")
			done.silent(t)
		}
		c.run("render", "-o", "old/tree", "--check").expect(t, exitFindings, "corp.json")
	})
}

// TestFullOutput: whoever reads the result must not take half of it for all.
func TestFullOutput(t *testing.T) {
	c, op, at := describedCaller(t)
	for _, args := range [][]string{
		{"schema"}, {"init", "--issuer", op.URL, "--ca-file", op.CAFile}, {"render", "-o", "out"}, {"render", "-o", "out", "--format", "json"},
		{"apply", "--plan"}, {"apply"}, {"apply", "--format", "json"}, {"probe"}, {"probe", "--format", "json"},
	} {
		cmd := c.command(args...)
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Skip("no /dev/full here: ", err)
		}
		var said strings.Builder
		cmd.Stdout, cmd.Stderr = full, &said
		_ = cmd.Run() // the status tells
		_ = full.Close()
		if status := cmd.ProcessState.ExitCode(); status != exitFailed || !strings.Contains(said.String(), "no space left on device") {
			t.Errorf("%q: exit status %d, %s", args, status, said.String())
		}
	}
	if n := at.ValidTokens(); n != 0 {
		t.Errorf("%d tokens are still valid", n)
	}
}
