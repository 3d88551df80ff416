package lab

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// folder is one below the lab's; owner nil is the current user.
type folder struct {
	path  string
	mode  fs.FileMode
	owner *account
}

// folders are made before anything else, parents first.
func (r *run) folders() []folder {
	a := r.accounts
	return []folder{
		{"log", 0o755, nil}, {"log/keystone", 0o750, a.keystone}, {"run", 0o755, nil}, {"secrets", 0o700, nil},
		{"db", 0o755, a.mysql}, {"httpd", 0o755, nil}, {"keystone", 0o755, nil},
		{"keystone/fernet-keys", 0o700, a.keystone}, {"keystone/credential-keys", 0o700, a.keystone}, {"keystone/cache", 0o700, a.keystone},
		{"root", 0o755, nil}, {"root/etc", 0o755, nil}, {"root/etc/ssl", 0o755, nil}, {"root/etc/ssl/fedstone", 0o755, nil},
		{"root/etc/apache2", 0o755, nil}, {"root/etc/apache2/sites-enabled", 0o755, nil},
		{"root/etc/keystone", 0o755, nil}, {"root/etc/keystone/keystone.conf.d", 0o755, nil},
		{"root/var", 0o755, nil}, {"root/var/log", 0o755, nil}, {"root/var/log/apache2", 0o750, nil}, {"root/var/log/keystone", 0o750, a.keystone},
		{"root/var/cache", 0o755, nil}, {"root/var/lib", 0o755, nil},
	}
}

// layOut makes the folders and the files that every lab has, and stores a first lab.json.
func (r *run) layOut() (err error) {
	if r.accounts, err = lookupAccounts(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.lab.Dir), 0o755); err != nil {
		return err
	}
	// lab.json comes first, so that Down knows the folder again whatever happens next.
	for _, step := range []func() error{func() error { return r.lab.makeFolder(folder{"", 0o755, nil}) }, r.lab.save, r.makeFolders, r.lab.writeCertificates, r.writeSecrets, r.writeKeystone, r.lab.writeHTTPD, r.writeHorizon} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) makeFolders() error {
	for _, f := range r.folders() {
		if err := r.lab.makeFolder(f); err != nil {
			return err
		}
	}
	return nil
}

// makeFolder sets mode and owner also where the folder is there already (an ended lab leaves log).
func (l *Lab) makeFolder(f folder) error {
	path := l.path(f.path)
	if err := os.Mkdir(path, f.mode); err != nil && !os.IsExist(err) {
		return err
	}
	if err := os.Chmod(path, f.mode); err != nil {
		return err
	}
	return chown(path, f.owner)
}

func chown(path string, a *account) error {
	if a == nil {
		return nil
	}
	if err := os.Chown(path, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("giving it to %s: %w", a.name, err)
	}
	return nil
}

// writeFor writes a file that only root and the group of a may read; a nil is the current user alone. The
// mode holds from birth.
func writeFor(path string, text []byte, a *account) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if a != nil {
		if err := f.Chown(-1, int(a.gid)); err != nil {
			return fmt.Errorf("giving %s to group %s: %w", path, a.name, err)
		}
		if err := f.Chmod(0o640); err != nil {
			return err
		}
	}
	if _, err := f.Write(text); err != nil {
		return err
	}
	return f.Close()
}
