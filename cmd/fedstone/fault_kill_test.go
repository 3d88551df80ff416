package main

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// killTree is the tree that runs are killed over.
const killTree = "tree"

// TestKilledRender kills `render -o` at random moments, as it changes a tree from
// one description to the other, with other secrets, and back. The tree is then
// the old one or the new one; where the run was at the renames, a journal says so
// and the next run completes it. Nobody else can read a secret at any time.
// With FEDSTONE_DEEP=1 there are a thousand kills.
func TestKilledRender(t *testing.T) {
	kills, seed := 40, uint64(time.Now().UnixNano())
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		kills = 1000
	}
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	c := killCaller(t)
	want, took := c.bothTrees()
	stop := watchSecrets(t, filepath.Join(c.dir, killTree))
	ends := map[string]int{}
	for n := range kills {
		old, next := [2]string{"a", "b"}[n%2], [2]string{"b", "a"}[n%2]
		end := c.killedOnce(time.Duration(random.Int64N(int64(took+took/5))), old, next, want)
		ends[end]++
		took = towards(end, took)
	}
	t.Logf("%d kills, looks of the watcher: %d, ends: %v", kills, stop(), ends)
	if ends["old"] == 0 || ends["new"] == 0 {
		t.Errorf("the kills came all too early or all too late: %v", ends)
	}
}

// towards widens the time in which kills come where one came too early to change
// anything, and narrows it where one came too late: a machine is not always as fast
// as it was at the first run.
func towards(end string, took time.Duration) time.Duration {
	switch end {
	case "old":
		return took + took/10
	case "new":
		return max(took-took/5, time.Millisecond)
	}
	return took
}

// killCaller has two descriptions of one deployment: another client, other
// secrets, and one provider that only the second has.
func killCaller(t *testing.T) caller {
	c := newCaller(t)
	for name, providers := range map[string]string{"a": provided("corp", "keystone-a"), "b": provided("corp", "keystone-b") + provided("more", "keystone-b")} {
		c.file(name+".secret", strings.Repeat("canary-"+name, 3))
		c.file(name+".yaml", `version: 1
keystone: {url: "https://keystone.example.org:5000", dashboards: ["https://dashboard.example.org/dashboard"]}
platform: debian-12
httpd: {crypto_passphrase: {file: `+name+`.secret}}
identity_providers:
`+strings.ReplaceAll(providers, "SECRET", name+".secret"))
	}
	return c
}

func provided(id, client string) string {
	return fmt.Sprintf("  %s:\n    issuer: https://sso.example.org/realms/%s\n    metadata: %s.json\n    client: {id: %s, secret: {file: SECRET}}\n    rules: [{user: {name: \"{preferred_username}\"}}]\n", id, id, id, client)
}

func (c caller) saved(id string) {
	at := "https://sso.example.org/realms/" + id
	c.file(id+".json", fmt.Sprintf(`{"issuer": %q, "authorization_endpoint": %q, "token_endpoint": %q, "jwks_uri": %q, "response_types_supported": ["code"]}`, at, at+"/auth", at+"/token", at+"/certs"))
}

func (c caller) renders(description string) []string {
	return []string{"render", "--offline", "--prune", "-f", description + ".yaml", "-o", killTree}
}

// bothTrees gives what the tree is of each description, and how long a change
// from one to the other takes.
func (c caller) bothTrees() (want map[string]map[string]string, took time.Duration) {
	c.t.Helper()
	c.saved("corp")
	c.saved("more")
	want = map[string]map[string]string{}
	for _, name := range []string{"b", "a"} {
		start := time.Now()
		c.run(c.renders(name)...).expect(c.t, exitClean)
		took = time.Since(start)
		want[name], _ = killedTree(c.t, filepath.Join(c.dir, killTree))
	}
	return want, took
}

// killedOnce kills one run, judges the tree, and lets another run complete it.
func (c caller) killedOnce(after time.Duration, old, next string, want map[string]map[string]string) string {
	c.t.Helper()
	dir := filepath.Join(c.dir, killTree)
	r := c.start(c.renders(next)...)
	time.Sleep(after)
	_ = r.Process.Kill()
	c.end(r)
	got, committed := killedTree(c.t, dir)
	end := "neither"
	switch {
	case cmp.Diff(want[old], got) == "":
		end = "old"
	case cmp.Diff(want[next], got) == "":
		end = "new"
	case committed:
		end = "between, with a journal"
		c.run("render", "--offline", "-f", next+".yaml", "-o", killTree, "--check").expect(c.t, exitFindings, "the next one completes that")
	}
	if end == "neither" {
		c.t.Errorf("after %v: neither old nor new, and no journal (-old +got):\n%s", after, cmp.Diff(want[old], got))
	}
	c.run(c.renders(next)...).expect(c.t, exitClean)
	if got, _ := killedTree(c.t, dir); cmp.Diff(want[next], got) != "" || leftBehind(dir) != "" {
		c.t.Errorf("after %v and another run: left %q (-want +got):\n%s", after, leftBehind(dir), cmp.Diff(want[next], got))
	}
	return end
}

// killedTree gives the tree without what a run that is under way keeps in it.
func killedTree(t *testing.T, dir string) (files map[string]string, committed bool) {
	t.Helper()
	files = treeOf(t, dir)
	maps.DeleteFunc(files, func(path, _ string) bool {
		committed = committed || filepath.Base(path) == ".fedstone-journal"
		return strings.HasPrefix(filepath.Base(path), ".fedstone-")
	})
	return files, committed
}

// leftBehind names a file that a finished run must not leave.
func leftBehind(dir string) (left string) {
	_ = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, _ error) error {
		if strings.HasPrefix(filepath.Base(path), ".fedstone-") {
			left = path
		}
		return nil
	})
	return left
}

// watchSecrets looks at every file below dir, over and over, until it is stopped;
// it gives how often it looked.
func watchSecrets(t *testing.T, dir string) (stop func() int) {
	var wg sync.WaitGroup
	done, looks := make(chan struct{}), 0
	wg.Go(func() {
		for ; ; looks++ {
			select {
			case <-done:
				return
			default:
				openSecret(t, dir)
			}
		}
	})
	return func() int { close(done); wg.Wait(); return looks }
}

// openSecret fails where a file that others can read holds a secret. Files come
// and go while it looks.
func openSecret(t *testing.T, dir string) {
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		info, err := entry.Info()
		if err != nil || info.Mode().Perm()&0o007 == 0 {
			return nil
		}
		if text, err := os.ReadFile(path); err == nil && strings.Contains(string(text), "canary") {
			t.Errorf("%s has mode %04o and holds a secret", path, info.Mode().Perm())
		}
		return nil
	})
}
