package roots

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// visitor names a file in the environment of this test's own program, which then tells where it is and reads the file.
const visitor = "FEDSTONE_TEST_VISITOR"

func TestMain(m *testing.M) {
	if file := os.Getenv(visitor); file != "" {
		text, err := os.ReadFile(file)
		entries, _ := os.ReadDir("/")
		trusted, _ := os.ReadFile("/etc/ssl/certs/ca-certificates.crt")
		fmt.Println(os.Getuid(), os.Getgid(), string(text), string(trusted), err, len(entries))
		return
	}
	os.Exit(m.Run())
}

// TestPlace: a program finds its root, what is shared, and the user it is to be, and no mount stays on the host.
func TestPlace(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("mounting needs root")
	}
	root, share := t.TempDir(), t.TempDir()
	for dir := range strings.FieldsSeq("proc sys dev bin etc/ssl/certs") {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	copyProgram(t, filepath.Join(root, "bin/visitor"))
	if err := os.WriteFile(filepath.Join(share, "note"), []byte("shared"), 0o644); err != nil {
		t.Fatal(err)
	}
	authorities := filepath.Join(root, "etc/ssl/certs/ca-certificates.crt")
	if err := os.WriteFile(authorities, []byte("the suite's"), 0o644); err != nil {
		t.Fatal(err)
	}
	openTo(t, root, share)
	command := Place{Root: root, Share: share, Trust: filepath.Join(share, "note"), As: "33:34"}.Command("/bin/visitor")
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), visitor+"="+filepath.Join(share, "note"))
	out, err := cmd.CombinedOutput()
	if want := "33 34 shared shared <nil> 6\n"; err != nil || string(out) != want { // the five folders, and the first of share's path
		t.Errorf("%v: said %q, want %q", err, out, want)
	}
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil || strings.Contains(string(mounts), root) {
		t.Errorf("%v, or a mount below %s is left", err, root)
	}
}

func copyProgram(t *testing.T, to string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, 0o755); err != nil {
		t.Fatal(err)
	}
}

// openTo lets other users enter the folders.
func openTo(t *testing.T, folders ...string) {
	t.Helper()
	for _, dir := range folders {
		for ; dir != os.TempDir(); dir = filepath.Dir(dir) {
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
}
