package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestFileSizeLimit: a process that may write files of one block only (RLIMIT_FSIZE)
// ends like one whose disk is full, and not by a signal.
func TestFileSizeLimit(t *testing.T) {
	c, _, _ := describedCaller(t)
	c.run("render", "-o", "tree").expect(t, exitClean)
	c.another()
	unchanged(t, c.dir, func() {
		for _, args := range [][]string{{"render", "-o", "tree"}, {"render", "-o", "new"}} {
			limited := c.command(args...)
			limited.Path, limited.Args = bash(t), append([]string{"bash", "-c", `ulimit -f 1 && exec fedstone "$@"`}, limited.Args...)
			done := c.endOf(limited)
			done.expect(t, exitFailed, "nothing was changed", "file too large", filepath.Base(args[2]))
			done.silent(t)
		}
	})
}

func bash(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("bash")
	if err != nil {
		t.Fatal(err)
	}
	return path
}
