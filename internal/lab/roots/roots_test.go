package roots

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestUserIn(t *testing.T) {
	passwd := filepath.Join(t.TempDir(), "passwd")
	if err := os.WriteFile(passwd, []byte("root:x:0:0::/root:/bin/sh\nkeystone2:x:998:996::/:/bin/false\nkeystone:x:999:995::/:/bin/false\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		user  User
		known bool
		wrong string
	}{
		"known":                {User{Name: "keystone", UID: 999, GID: 995}, true, ""},
		"missing":              {User{Name: "mysql", UID: 995, GID: 994}, false, ""},
		"with another number":  {User{Name: "keystone", UID: 998, GID: 995}, false, "999:995 there and 998:995 on the host"},
		"in a group elsewhere": {User{Name: "keystone", UID: 999, GID: 994}, false, "999:995 there"},
	} {
		known, err := c.user.in(passwd)
		if known != c.known || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, %v", name, known, err)
		}
	}
}

func TestFolderChanges(t *testing.T) {
	s, ok := ByName("trixie")
	if !ok {
		t.Fatal("trixie is not known")
	}
	users := []User{{Name: "keystone", UID: 999, GID: 995}}
	more := s
	more.Packages = append(slices.Clone(s.Packages), "another")
	names := []string{s.Folder(users), more.Folder(users), s.Folder([]User{{Name: "keystone", UID: 64062, GID: 995}})}
	slices.Sort(names)
	if len(slices.Compact(names)) != 3 || !strings.HasPrefix(names[0], "debian-trixie-") {
		t.Errorf("folders: %v", names)
	}
}

// TestBuild: each program runs in namespaces of its own, users come before packages, and one that is there stays.
func TestBuild(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []string{"etc/apt/apt.conf.d", "usr/sbin"} {
		if err := os.MkdirAll(filepath.Join(dir, f), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "etc/passwd"), []byte("www-data:x:33:33::/:/bin/false\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var ran []string
	run := func(_ context.Context, _, name string, args ...string) error {
		if name != "unshare" || !slices.Contains(args, "--kill-child") || !slices.Contains(args, "--mount") {
			t.Errorf("%s %v runs among the host's own", name, args)
		}
		ran = append(ran, strings.Join(args[len(args)-2:], " "))
		return nil
	}
	s := Suite{Name: "trixie", Title: "Debian 13", Packages: []string{"apache2-bin"}}
	users := []User{{Name: "www-data", UID: 33, GID: 33}, {Name: "mysql", UID: 995, GID: 994}}
	if err := s.Build(t.Context(), dir, users, run); err != nil {
		t.Fatal(err)
	}
	want := []string{dir + " " + Archive, "994 mysql", "/usr/sbin/nologin mysql", "update -q", "-q apache2-bin", "apt-get clean"}
	if !slices.Equal(ran, want) {
		t.Errorf("ran %q\nwant %q", ran, want)
	}
}
