package templates

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dying is a disk whose process is killed: one operation is the last, perhaps
// half done, and every further one does nothing. At each, watch may look.
type dying struct {
	disk
	left  *int
	watch func(last string)
}

var errDead = errors.New("the process is dead")

// step does one operation, unless the process is dead.
func (d dying) step(what string, do func() error) error {
	if *d.left <= 0 {
		return errDead
	}
	*d.left--
	err := do()
	d.watch(what)
	return err
}

func stepped[T any](d dying, what string, do func() (T, error)) (T, error) {
	var out T
	err := d.step(what, func() (err error) { out, err = do(); return err })
	return out, err
}

func (d dying) Lstat(p string) (fs.FileInfo, error) {
	return stepped(d, "lstat", func() (fs.FileInfo, error) { return d.disk.Lstat(p) })
}

func (d dying) Folder(p string) (fs.FileInfo, error) {
	return stepped(d, "folder", func() (fs.FileInfo, error) { return d.disk.Folder(p) })
}

func (d dying) ReadFile(p string) ([]byte, error) {
	return stepped(d, "read", func() ([]byte, error) { return d.disk.ReadFile(p) })
}

func (d dying) Labels(p string) (map[string]string, error) {
	return stepped(d, "labels", func() (map[string]string, error) { return d.disk.Labels(p) })
}

func (d dying) Mkdir(p string, m fs.FileMode) error {
	return d.step("mkdir", func() error { return d.disk.Mkdir(p, m) })
}

func (d dying) Chmod(p string, m fs.FileMode) error {
	return d.step("chmod", func() error { return d.disk.Chmod(p, m) })
}

func (d dying) Rename(from, to string) error {
	return d.step("rename", func() error { return d.disk.Rename(from, to) })
}

func (d dying) Remove(p string) error {
	return d.step("remove", func() error { return d.disk.Remove(p) })
}

func (d dying) SyncDir(p string) error {
	return d.step("sync folder", func() error { return d.disk.SyncDir(p) })
}

func (d dying) Still(p string) error {
	return d.step("still", func() error { return d.disk.Still(p) })
}

func (d dying) SyncAll(p string) error {
	return d.step("sync all", func() error { return d.disk.SyncAll(p) })
}

func (d dying) Create(p string) (stagedFile, error) {
	f, err := stepped(d, "create", func() (stagedFile, error) { return d.disk.Create(p) })
	return dyingFile{f, d}, err
}

type dyingFile struct {
	stagedFile
	disk dying
}

func (f dyingFile) Chown(uid, gid int) error {
	return f.disk.step("chown", func() error { return f.stagedFile.Chown(uid, gid) })
}

func (f dyingFile) Chmod(m fs.FileMode) error {
	return f.disk.step("chmod", func() error { return f.stagedFile.Chmod(m) })
}

func (f dyingFile) Write(p []byte) (n int, err error) {
	half := len(p) / 2
	for _, part := range [][]byte{p[:half], p[half:]} {
		if err = f.disk.step("write", func() error { _, err := f.stagedFile.Write(part); return err }); err != nil {
			return n, err
		}
		n += len(part)
	}
	return n, nil
}

func (f dyingFile) Sync() error { return f.disk.step("sync", f.stagedFile.Sync) }

// Close happens also to the files of a process that is killed.
func (f dyingFile) Close() error { return f.stagedFile.Close() }

// TestKilledAtEveryStep kills a run after each of its operations in turn. What
// the next run begins with, its recovery, leaves the old tree or the new one;
// before it the tree is one of them too, unless the run was completing its work,
// which a journal says then. No secret can be read by others at any step.
func TestKilledAtEveryStep(t *testing.T) {
	for name, next := range map[string]func(*testing.T) *Bundle{
		"changed, and one more": func(t *testing.T) *Bundle { return bundleAnd(t, "2") },
		"changed, and one less": func(t *testing.T) *Bundle { return bundleWithout(t, "2") },
	} {
		t.Run(name, func(t *testing.T) {
			old, complete := outcomes(t, next)
			ends := map[string]int{}
			for at := 1; !killedAt(t, at, next(t), old, complete, ends); at++ {
				if at > 1000 {
					t.Fatal("a run never came to its end")
				}
			}
			if ends["old"] == 0 || ends["new"] == 0 || ends["to be completed"] == 0 {
				t.Errorf("the test does not reach every end: %v", ends)
			}
		})
	}
}

func outcomes(t *testing.T, next func(*testing.T) *Bundle) (old, complete map[string]string) {
	t.Helper()
	dir := inMemory(t)
	put(t, bundleOf(t, "1"), dir)
	old = tree(t, dir)
	if _, err := Write(context.Background(), next(t), dir, WriteOptions{Prune: true}); err != nil {
		t.Fatal(err)
	}
	return old, tree(t, dir)
}

// killedAt kills a run after so many operations, and reports whether it came to
// its end before.
func killedAt(t *testing.T, at int, next *Bundle, old, complete map[string]string, ends map[string]int) bool {
	t.Helper()
	dir := inMemory(t)
	put(t, bundleOf(t, "1"), dir)
	d, err := openDisk(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	left, what := at, ""
	watch := func(last string) { what = last; noSecretOpen(t, dir, fmt.Sprintf("%d (%s)", at, last)) }
	_, err = newWriter(dying{d, &left, watch}, next).write(context.Background(), WriteOptions{Prune: true})
	what = fmt.Sprintf("killed after operation %d (%s)", at, what)
	committed := visible(t, dir, what, old, complete)
	if err := newWriter(d, next).recover(); err != nil {
		t.Errorf("%s: recovery: %v", what, err)
	}
	noLeftovers(t, dir)
	after := tree(t, dir)
	switch isNew := cmp.Diff(complete, after) == ""; {
	case committed && !isNew, !isNew && cmp.Diff(old, after) != "":
		t.Errorf("%s: after the recovery the tree is neither (-old +got):\n%s", what, cmp.Diff(old, after))
	case isNew:
		ends["new"]++
	default:
		ends["old"]++
	}
	if committed {
		ends["to be completed"]++
	}
	return err == nil
}

// visible judges the tree as it lies after the kill.
func visible(t *testing.T, dir, what string, old, complete map[string]string) (committed bool) {
	t.Helper()
	now := tree(t, dir)
	_, committed = now["/var/lib/fedstone/"+committedName]
	for path := range now {
		if strings.Contains(path, "/.fedstone-") {
			delete(now, path)
		}
	}
	if !committed && cmp.Diff(old, now) != "" && cmp.Diff(complete, now) != "" {
		t.Errorf("%s: no journal, and the tree is neither old nor new (-old +got):\n%s", what, cmp.Diff(old, now))
	}
	return committed
}

// noSecretOpen looks at every file below dir, also those that are staged.
func noSecretOpen(t *testing.T, dir, when string) {
	t.Helper()
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, _ := os.ReadFile(path)
		info, err := entry.Info()
		if err == nil && bytes.Contains(content, []byte("secret")) && info.Mode().Perm()&0o007 != 0 {
			t.Errorf("after operation %s %s holds a secret and has mode %04o", when, path, info.Mode().Perm())
		}
		return err
	})
}

// bundleWithout is a bundle without the secret file, which was there before.
func bundleWithout(t *testing.T, version string) *Bundle {
	t.Helper()
	b := bundleOf(t, version)
	other := File{Path: "/etc/oidc/b.client", Kind: Metadata, Mode: 0o640, Owner: "root", Group: "root", Secret: true, Content: []byte(`{"client_secret": "b"}`), readBack: anything}
	b.Files = []File{other, b.Files[1]}
	m, err := b.manifest()
	if err != nil {
		t.Fatal(err)
	}
	b.Files = append(b.Files, m)
	return b
}
