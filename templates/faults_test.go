package templates

import (
	"context"
	"errors"
	"io/fs"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// faulty fails at one operation, counted from the first of a run.
type faulty struct {
	disk
	left   *int
	failed *string
}

var errFault = syscall.ENOSPC

func (d faulty) fail(what string) error {
	*d.left--
	if *d.left == 0 {
		*d.failed = what
		return errFault
	}
	return nil
}

func (d faulty) Lstat(p string) (fs.FileInfo, error) {
	if err := d.fail("lstat"); err != nil {
		return nil, err
	}
	return d.disk.Lstat(p)
}

func (d faulty) ReadFile(p string) ([]byte, error) {
	if err := d.fail("read"); err != nil {
		return nil, err
	}
	return d.disk.ReadFile(p)
}

func (d faulty) Mkdir(p string, m fs.FileMode) error {
	return errorOr(d.fail("mkdir"), func() error { return d.disk.Mkdir(p, m) })
}

func (d faulty) Chmod(p string, m fs.FileMode) error {
	return errorOr(d.fail("chmod"), func() error { return d.disk.Chmod(p, m) })
}

func (d faulty) Rename(from, to string) error {
	return errorOr(d.fail("rename"), func() error { return d.disk.Rename(from, to) })
}

func (d faulty) SyncDir(p string) error {
	return errorOr(d.fail("sync folder"), func() error { return d.disk.SyncDir(p) })
}

func (d faulty) Lock() (func() error, error) {
	if err := d.fail("lock"); err != nil {
		return nil, err
	}
	return d.disk.Lock()
}

func (d faulty) Create(p string) (stagedFile, error) {
	if err := d.fail("create"); err != nil {
		return nil, err
	}
	f, err := d.disk.Create(p)
	return faultyFile{f, d}, err
}

// faultyFile fails as full disks do: also after half of a text, and at closing.
type faultyFile struct {
	stagedFile
	disk faulty
}

func (f faultyFile) Write(p []byte) (int, error) {
	if err := f.disk.fail("write"); err != nil {
		n, _ := f.stagedFile.Write(p[:len(p)/2])
		return n, err
	}
	return f.stagedFile.Write(p)
}

func (f faultyFile) Chmod(m fs.FileMode) error {
	return errorOr(f.disk.fail("chmod"), func() error { return f.stagedFile.Chmod(m) })
}

func (f faultyFile) Chown(uid, gid int) error {
	return errorOr(f.disk.fail("chown"), func() error { return f.stagedFile.Chown(uid, gid) })
}

func (f faultyFile) Sync() error {
	return errorOr(f.disk.fail("sync"), func() error { return f.stagedFile.Sync() })
}

func (f faultyFile) Close() error { return errors.Join(f.disk.fail("close"), f.stagedFile.Close()) }

func errorOr(err error, do func() error) error {
	if err != nil {
		return err
	}
	return do()
}

// TestFaults fails every single operation of a run in turn. Before the first
// rename nothing may have changed; afterwards every file is the old or the new
// one; nothing is left over, and the same call again completes the work.
func TestFaults(t *testing.T) {
	seen := map[string]bool{}
	for at := 1; ; at++ {
		if at > 1000 {
			t.Fatal("a run never came to its end")
		}
		what, done := faultAt(t, at)
		seen[what] = true
		if done {
			break
		}
	}
	for _, what := range []string{"lock", "lstat", "read", "mkdir", "create", "chmod", "write", "sync", "close", "rename", "sync folder"} {
		if !seen[what] {
			t.Errorf("no %s failed: the test does not reach it", what)
		}
	}
}

// faultAt runs an update in which one file is new, with a fault at one operation.
func faultAt(t *testing.T, at int) (what string, done bool) {
	t.Helper()
	dir := t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	before := tree(t, dir)
	next := bundleOf(t, "2")
	next.Files = append([]File{{Path: "/opt/new/x", Mode: 0o600, Owner: "root", Group: "root", Content: []byte("2\n"), readBack: anything}}, next.Files...)
	d, err := openDisk(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	left := at
	w := writer{disk: faulty{d, &left, &what}, bundle: next, owners: systemOwners()}
	_, err = w.write(context.Background(), WriteOptions{})
	_ = d.Close()
	noLeftovers(t, dir)
	if left > 0 {
		return what, true
	}
	if !errors.Is(err, errFault) {
		t.Errorf("operation %d (%s): got %v, want the fault", at, what, err)
	}
	after := tree(t, dir)
	put(t, next, dir)
	oldOrNew(t, at, what, before, after, tree(t, dir))
	return what, false
}

func oldOrNew(t *testing.T, at int, what string, before, after, complete map[string]string) {
	t.Helper()
	if what != "rename" && what != "sync folder" {
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("operation %d (%s) changed (-before +after):\n%s", at, what, diff)
		}
		return
	}
	for path, got := range after {
		if got != before[path] && got != complete[path] {
			t.Errorf("operation %d (%s): %s is neither old nor new: %q", at, what, path, got)
		}
	}
}
