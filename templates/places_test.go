package templates

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestHardLink: a file gets a new body by its name; who holds the old one by another
// name keeps it, and no right of it comes over.
func TestHardLink(t *testing.T) {
	dir := t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	other := filepath.Join(dir, "kept.client")
	if err := os.Link(filepath.Join(dir, "etc/oidc/a.client"), other); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(other, 0o666); err != nil {
		t.Fatal(err)
	}
	put(t, bundleOf(t, "2"), dir)
	got := tree(t, dir)
	if !strings.Contains(got["/kept.client"], `"1"`) || !strings.HasPrefix(got["/etc/oidc/a.client"], "-rw-r----- ") || !strings.Contains(got["/etc/oidc/a.client"], `"2"`) {
		t.Errorf("got %q", got)
	}
}

// exchanging puts a link to elsewhere in a folder's place, right before or after what
// a step does.
type exchanging struct {
	disk
	step string
	swap func()
}

func (d exchanging) Create(p string) (stagedFile, error) {
	if d.step == "create" && strings.HasPrefix(p, "etc/oidc/") {
		d.swap()
	}
	return d.disk.Create(p)
}

func (d exchanging) Rename(from, to string) error {
	if d.step == "rename" && strings.HasPrefix(to, "etc/oidc/") {
		d.swap()
	}
	return d.disk.Rename(from, to)
}

// TestExchangedFolder: somebody exchanges a folder between our look at it and our
// writing. Nothing is written where the new name leads; before the decision the run
// fails and leaves no trace.
func TestExchangedFolder(t *testing.T) {
	for _, step := range []string{"create", "rename"} {
		for name, link := range map[string]bool{"a link": true, "a folder": false} {
			t.Run(name+" before "+step, func(t *testing.T) { exchanged(t, step, link) })
		}
	}
}

func exchanged(t *testing.T, step string, link bool) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	folder := filepath.Join(dir, "etc/oidc")
	swap := sync.OnceFunc(func() {
		if err := os.Rename(folder, filepath.Join(dir, "moved")); err != nil {
			t.Error(err)
		}
		if link {
			symlink(t, elsewhere, folder)
		} else {
			mkdir(t, folder, 0o777)
		}
	})
	d, err := openDisk(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	_, err = newWriter(exchanging{d, step, swap}, bundleOf(t, "2")).write(context.Background(), WriteOptions{})
	_ = d.Close()
	if step == "create" && (err == nil || !strings.Contains(err.Error(), "nothing was changed: /etc/oidc was exchanged")) {
		t.Errorf("got %v, want that the folder was exchanged", err)
	}
	want := map[string]string{"create": `"1"`, "rename": `"2"`}[step]
	if got := tree(t, dir)["/moved/a.client"]; !strings.Contains(got, want) {
		t.Errorf("in the folder that we looked at lies %q, want %s", got, want)
	}
	if diff := cmp.Diff(map[string]string{}, tree(t, elsewhere)); diff != "" {
		t.Errorf("elsewhere (-want +got):\n%s", diff)
	}
	if _, err := os.Lstat(filepath.Join(folder, "a.client")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the secret lies in the folder that was put there: %v", err)
	}
}

// TestLongestName: the longest name that an issuer may have is one that a real file
// system takes, while it is written and afterwards; one byte more is none.
func TestLongestName(t *testing.T) {
	name, err := MetadataName("https://" + strings.Repeat("x", longestName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := MetadataName("https://" + strings.Repeat("x", longestName+1)); err == nil {
		t.Error("a name that no file can have is taken")
	}
	dir := t.TempDir()
	for _, version := range []string{"1", "2"} {
		b := bundleOf(t, version)
		b.Files[0].Path = "/etc/oidc/" + name + ".provider"
		put(t, b, dir)
		if got := tree(t, dir)[b.Files[0].Path]; !strings.Contains(got, `"`+version+`"`) {
			t.Errorf("version %s: got %q", version, got)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, name+".provider+"), nil, 0o600); !errors.Is(err, unix.ENAMETOOLONG) {
		t.Errorf("the file system takes more than the test knows: %v", err)
	}
}

// TestLabelsAreKept: an access control list, an SELinux label and somebody's own
// attribute are handed on to the file that takes a file's place, on the real file
// system; where that has none of them, nothing can be tried.
func TestLabelsAreKept(t *testing.T) {
	labels := map[string]string{"user.note": "mine", "security.selinux": "system_u:object_r:httpd_config_t:s0\x00", aclLabel: groupReads(65534)}
	dir := t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	site := filepath.Join(dir, "etc/site.conf")
	for name, value := range labels {
		if err := unix.Setxattr(site, name, []byte(value), 0); err != nil {
			t.Logf("not tried: %s (%v)", name, err)
			delete(labels, name)
		}
	}
	if len(labels) == 0 {
		t.Skip("this file system has no attributes")
	}
	put(t, bundleOf(t, "2"), dir)
	for name, want := range labels {
		got := make([]byte, 256)
		n, err := unix.Getxattr(site, name, got)
		if err != nil || string(got[:n]) != want {
			t.Errorf("%s is %q, %v; want %q", name, got[:max(n, 0)], err, want)
		}
	}
	if got := tree(t, dir)["/etc/site.conf"]; !strings.HasSuffix(got, "Listen 2\n") {
		t.Errorf("got %q", got)
	}
}

// TestOwnersStay: whom a file was given to by hand keeps it, and that is told.
func TestOwnersStay(t *testing.T) {
	if os.Geteuid() != 0 {
		labtest.Require(t, "giving a file away needs root")
	}
	dir := t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	site := filepath.Join(dir, "etc/site.conf")
	if err := os.Chown(site, 65534, 65533); err != nil {
		t.Fatal(err)
	}
	for _, version := range []string{"1", "2"} {
		report := put(t, bundleOf(t, version), dir)
		if diff := cmp.Diff([]string{"/etc/site.conf: belongs to others than described, and still does"}, report.Notes); diff != "" {
			t.Errorf("version %s: notes (-want +got):\n%s", version, diff)
		}
		var stat unix.Stat_t
		if err := unix.Stat(site, &stat); err != nil || stat.Uid != 65534 || stat.Gid != 65533 {
			t.Errorf("version %s: belongs to %d:%d, %v", version, stat.Uid, stat.Gid, err)
		}
	}
}

// TestFolderOwnersStay is the same of a folder: httpd's user may have been given it.
func TestFolderOwnersStay(t *testing.T) {
	if os.Geteuid() != 0 {
		labtest.Require(t, "giving a folder away needs root")
	}
	dir := t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	if err := os.Chown(filepath.Join(dir, "etc/oidc"), 65534, 0); err != nil {
		t.Fatal(err)
	}
	report := put(t, bundleOf(t, "1"), dir)
	if diff := cmp.Diff([]string{"/etc/oidc: belongs to others than described, and still does"}, report.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// groupReads is an access control list of rw-r-----, in which one group more may read
// (linux/posix_acl_xattr.h).
func groupReads(gid uint32) string {
	out := binary.LittleEndian.AppendUint32(nil, 2)
	for _, e := range []struct {
		tag, rights uint16
		id          uint32
	}{{0x01, 6, ^uint32(0)}, {0x04, 4, ^uint32(0)}, {0x08, 4, gid}, {0x10, 4, ^uint32(0)}, {0x20, 0, ^uint32(0)}} {
		out = binary.LittleEndian.AppendUint16(out, e.tag)
		out = binary.LittleEndian.AppendUint16(out, e.rights)
		out = binary.LittleEndian.AppendUint32(out, e.id)
	}
	return string(out)
}

// TestStrangers: what lies in the metadata directory and is not described is told,
// and left alone. What is stale is told as such, and only so.
func TestStrangers(t *testing.T) {
	dir := t.TempDir()
	b := bundleOf(t, "1")
	if got, err := Strangers(b, filepath.Join(dir, "none")); err != nil || got != nil {
		t.Errorf("no tree: %q, %v", got, err)
	}
	put(t, b, dir)
	if got, err := Strangers(b, dir); err != nil || got != nil {
		t.Errorf("only our own: %q, %v", got, err)
	}
	for _, name := range []string{"old.provider", ".a.client.swp", "a.client~", "#a.client#"} {
		writeFile(t, filepath.Join(dir, "etc/oidc", name), "x")
	}
	symlink(t, "me@host.1", filepath.Join(dir, "etc/oidc/.#a.provider"))
	less := bundleWithout(t, "1")
	put(t, less, dir)
	before := tree(t, dir)
	got, err := Strangers(less, dir)
	want := []string{
		"/etc/oidc/old.provider: names an issuer to mod_auth_openidc that the description does not; remove it, or describe the issuer",
		"/etc/oidc/#a.client#, /etc/oidc/.#a.provider, /etc/oidc/.a.client.swp and 1 more: of no provider of the description, and not read without one; what it holds, such as a client's secret, lies there all the same; remove it",
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("changed (-before +after):\n%s", diff)
	}
}
