package session

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/validate/subject"
)

// TestSecretReadable: whose modes let everybody at a secret, on a machine and elsewhere.
func TestSecretReadable(t *testing.T) {
	for name, c := range map[string]struct {
		passwd       bool // it is the root of a machine
		folder, file os.FileMode
		want         int
	}{
		"open to all":             {true, 0o755, 0o644, 1},
		"of owner and group":      {true, 0o755, 0o640, 0},
		"in a folder of its own":  {true, 0o750, 0o644, 0},
		"no machine":              {false, 0o755, 0o644, 0},
		"all may enter, not list": {true, 0o711, 0o644, 1},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			folder := filepath.Join(root, "etc", "httpd", "conf.d")
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(folder, "site.conf"), "<VirtualHost *:5000>\nOIDCCryptoPassphrase \"of this test alone\"\n</VirtualHost>\n", c.file)
			if c.passwd {
				write(t, filepath.Join(root, "etc", "passwd"), "root:x:0:0:root:/root:/bin/sh\n", 0o644)
			}
			for dir, mode := range map[string]os.FileMode{filepath.Join(root, "etc"): 0o755, filepath.Dir(folder): 0o755, folder: c.folder} {
				if err := os.Chmod(dir, mode); err != nil {
					t.Fatal(err)
				}
			}
			site, err := subject.Load(root, []string{root}, subject.Options{})
			if err != nil {
				t.Fatal(err)
			}
			r := secretReadable()
			if got := len(r.Run(site)); got != c.want {
				t.Errorf("%d findings, want %d", got, c.want)
			}
		})
	}
}

// write makes a file of a mode, whatever the umask.
func write(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
}
