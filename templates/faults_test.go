package templates

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// faulty fails at one operation, counted from the first of a run.
type faulty struct {
	disk
	with   error
	left   *int
	failed *string
}

func (d faulty) fail(what string) error {
	*d.left--
	if *d.left == 0 {
		*d.failed = what
		return d.with
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

func (d faulty) Still(p string) error {
	return errorOr(d.fail("still"), func() error { return d.disk.Still(p) })
}

func (d faulty) Folder(p string) (fs.FileInfo, error) {
	if err := d.fail("folder"); err != nil {
		return nil, err
	}
	return d.disk.Folder(p)
}

func (d faulty) Labels(p string) (map[string]string, error) {
	if err := d.fail("labels"); err != nil {
		return nil, err
	}
	return d.disk.Labels(p)
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

func (d faulty) Remove(p string) error {
	return errorOr(d.fail("remove"), func() error { return d.disk.Remove(p) })
}

func (d faulty) SyncDir(p string) error {
	return errorOr(d.fail("sync folder"), func() error { return d.disk.SyncDir(p) })
}

func (d faulty) SyncAll(p string) error {
	return errorOr(d.fail("sync all"), func() error { return d.disk.SyncAll(p) })
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

// TestFaults fails every single operation of a run in turn. Before everything
// lies ready nothing may have changed and nothing is left over; afterwards every
// file is the old or the new one, and the same call again completes the work.
func TestFaults(t *testing.T) {
	for _, with := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, syscall.EROFS} {
		t.Run(with.Error(), func(t *testing.T) { faults(t, with) })
	}
}

func faults(t *testing.T, with error) {
	t.Helper()
	seen := map[string]bool{}
	for at := 1; ; at++ {
		if at > 1000 {
			t.Fatal("a run never came to its end")
		}
		what, done := faultAt(t, at, with)
		seen[what] = true
		if done {
			break
		}
	}
	for _, what := range []string{"lock", "lstat", "folder", "read", "labels", "mkdir", "create", "chmod", "write", "sync", "close", "rename", "remove", "sync folder", "still"} {
		if !seen[what] {
			t.Errorf("no %s failed: the test does not reach it", what)
		}
	}
}

// faultAt runs an update in which one file is new, with a fault at one operation.
func faultAt(t *testing.T, at int, with error) (what string, done bool) {
	t.Helper()
	dir := inMemory(t)
	put(t, bundleOf(t, "1"), dir)
	before := tree(t, dir)
	d, err := openDisk(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	left := at
	_, err = newWriter(faulty{d, with, &left, &what}, bundleAnd(t, "2")).write(context.Background(), WriteOptions{})
	_ = d.Close()
	if left > 0 {
		return what, true
	}
	if !errors.Is(err, with) {
		t.Errorf("operation %d (%s): got %v, want the fault", at, what, err)
	}
	after := tree(t, dir)
	put(t, bundleAnd(t, "2"), dir)
	oldOrNew(t, fmt.Sprintf("operation %d (%s)", at, what), before, after, tree(t, dir))
	noLeftovers(t, dir)
	return what, false
}

// bundleAnd is a bundle with a file in a folder that no other has.
func bundleAnd(t *testing.T, version string) *Bundle {
	t.Helper()
	b := bundleOf(t, version)
	more := File{Path: "/opt/new/x", Mode: 0o600, Owner: "root", Group: "root", Content: []byte(version + "\n"), readBack: anything}
	b.Files = append([]File{more}, b.Files[:len(b.Files)-1]...)
	m, err := b.manifest()
	if err != nil {
		t.Fatal(err)
	}
	b.Files = append(b.Files, m)
	return b
}

// oldOrNew compares trees. Where a run is to be completed, each file is one or
// the other; else all are old.
func oldOrNew(t *testing.T, what string, before, after, complete map[string]string) {
	t.Helper()
	if _, committed := after["/var/lib/fedstone/"+committedName]; !committed {
		if diff := cmp.Diff(before, after); diff != "" && cmp.Diff(complete, after) != "" {
			t.Errorf("%s changed (-before +after):\n%s", what, diff)
		}
		return
	}
	for path, got := range after {
		if got != before[path] && got != complete[path] && !strings.Contains(path, "/.fedstone-") {
			t.Errorf("%s: %s is neither old nor new: %q", what, path, got)
		}
	}
}

// inMemory is a folder where nothing waits for a disk, where there is one.
func inMemory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "fedstone-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
