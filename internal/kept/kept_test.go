package kept_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/kept"
)

// TestLoad holds what is kept against the sources, of which each change counts.
func TestLoad(t *testing.T) {
	changes := map[string]struct {
		change func(dir string) error
		holds  bool
	}{
		"none":                 {func(string) error { return nil }, true},
		"a touch":              {func(dir string) error { return os.Chtimes(filepath.Join(dir, "a"), time.Now(), time.Now()) }, true},
		"a content":            {func(dir string) error { return os.WriteFile(filepath.Join(dir, "a"), []byte("A"), 0o600) }, false},
		"more of it":           {func(dir string) error { return os.WriteFile(filepath.Join(dir, "a"), []byte("aa"), 0o600) }, false},
		"a mode":               {func(dir string) error { return os.Chmod(filepath.Join(dir, "b"), 0o640) }, false},
		"a missing file":       {func(dir string) error { return os.Remove(filepath.Join(dir, "b")) }, false},
		"two that changed":     {func(dir string) error { return os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "b")) }, false},
		"a variable":           {func(string) error { return os.Setenv("KEPT_VARIABLE", "other") }, false},
		"a variable unset":     {func(string) error { return os.Unsetenv("KEPT_VARIABLE") }, false},
		"a store that is gone": {func(dir string) error { return os.RemoveAll(filepath.Join(dir, "cache")) }, false},
	}
	for name, c := range changes {
		t.Run(name, func(t *testing.T) {
			dir, store := aStore(t)
			run := aRun(t, dir)
			if err := errors.Join(store.Save("one", run), c.change(dir)); err != nil {
				t.Fatal(err)
			}
			got, ok := store.Load("one")
			if ok != c.holds {
				t.Fatalf("holds: %v, want %v", ok, c.holds)
			}
			if diff := cmp.Diff(run, got); ok && diff != "" {
				t.Errorf("kept (-) and read (+):\n%s", diff)
			}
			if _, ok := store.Load("two"); ok {
				t.Error("another run is taken for it")
			}
		})
	}
}

// TestRememberRefuses holds that a source counts only if it was there, as it is,
// before the run began: nobody knows whether the run read it before or after a change.
func TestRememberRefuses(t *testing.T) {
	before := time.Now()
	dir, _ := aStore(t)
	if _, err := kept.Remember([]string{filepath.Join(dir, "a")}, nil, kept.NewSalt(), before); err == nil {
		t.Error("a file that was written during the run is remembered")
	}
	if _, err := kept.Remember([]string{filepath.Join(dir, "lost")}, nil, kept.NewSalt(), before); err == nil {
		t.Error("a file that is not there is remembered")
	}
}

// TestDigest holds that a digest says nothing beside another salt.
func TestDigest(t *testing.T) {
	one, other := kept.NewSalt(), kept.NewSalt()
	content := []byte("a short secret")
	if cmp.Equal(one.Digest(content), other.Digest(content)) {
		t.Error("two salts give the same digest")
	}
	if !cmp.Equal(one.Digest(content), one.Digest(content)) {
		t.Error("one salt gives two digests")
	}
}

// TestProgram holds that this program is told from another.
func TestProgram(t *testing.T) {
	id, err := kept.Program()
	if err != nil || len(id) < 20 {
		t.Errorf("the build id is %q, %v", id, err)
	}
}

func aStore(t *testing.T) (dir string, store kept.Store) {
	t.Helper()
	dir = t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("KEPT_VARIABLE", "value")
	store, err := kept.Open()
	for _, name := range []string{"a", "b"} {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir, store
}

func aRun(t *testing.T, dir string) *kept.Run {
	t.Helper()
	run := &kept.Run{Salt: kept.NewSalt(), Said: []byte("as it was")}
	var err error
	run.Sources, err = kept.Remember([]string{filepath.Join(dir, "a"), filepath.Join(dir, "b")}, []string{"KEPT_VARIABLE"}, run.Salt, time.Now().Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	run.Trees = []kept.Tree{{Dir: dir, Absent: []string{"c"}, Files: []kept.File{{Path: "d", Mode: 0o640, Digest: run.Salt.Digest(nil)}}}}
	return run
}
