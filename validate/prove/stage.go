package prove

import (
	_ "embed"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

//go:embed program/echo.py
var echo []byte

// accounts are the users that fixtures name, in the manner of /etc/passwd.
var accounts = [...]string{"apache:x:48:48::/usr/share/httpd:/sbin/nologin", "keystone:x:163:163::/var/lib/keystone:/sbin/nologin", "www-data:x:33:33::/var/www:/sbin/nologin"}

// common are the files that every world has: names, accounts, certificates and the application.
func common(n network, ca *authority) (map[string][]byte, error) {
	files := map[string][]byte{
		"/etc/hosts": []byte(n.hosts()), "/etc/nsswitch.conf": []byte("passwd: files\ngroup: files\nhosts: files\n"),
		"/etc/resolv.conf": {}, "/etc/passwd": withAccounts("/etc/passwd", asPasswd), "/etc/group": withAccounts("/etc/group", asGroup),
	}
	for _, name := range applications() {
		files[name] = echo
	}
	for _, name := range bundles() {
		files[name] = ca.pem()
	}
	cert, key, err := ca.pair("keystone.example.org")
	for _, pair := range serverCertificates() {
		files[pair[0]], files[pair[1]] = cert, key
	}
	return files, err
}

func asPasswd(account string) string { return account }

func asGroup(account string) string {
	parts := strings.Split(account, ":")
	return fmt.Sprintf("%s:x:%s:", parts[0], parts[3])
}

// withAccounts is a file of this host with the accounts that it lacks.
func withAccounts(file string, line func(account string) string) []byte {
	text, _ := os.ReadFile(file) // a host without one has root alone
	for _, a := range accounts {
		name, _, _ := strings.Cut(a, ":")
		if !strings.Contains("\n"+string(text), "\n"+name+":") {
			text = append(text, line(a)+"\n"...)
		}
	}
	return text
}

// write puts the files into the world's root, readable for everybody, and makes the folders that httpd writes to.
func (w *world) write(files map[string][]byte, modules string) error {
	if err := w.do(w.forgetEnabled); err != nil {
		return err
	}
	if err := w.writeAll(files); err != nil {
		return err
	}
	return w.do(func() error {
		for _, dir := range []string{"/run/httpd", "/run/apache2", "/run/lock/apache2", "/var/log/httpd", "/var/log/apache2", "/var/log/keystone", "/var/cache/httpd"} {
			if err := w.makeFolder(dir, 0o777); err != nil {
				return err
			}
		}
		return w.link("/etc/httpd", map[string]string{"modules": modules, "logs": "/var/log/httpd", "run": "/run/httpd"})
	})
}

// forgetEnabled takes away what this host's own Debian httpd loads: a fixture that is
// laid into the same folders has its own modules, such as another MPM.
func (w *world) forgetEnabled() error {
	for _, dir := range []string{"mods-enabled", "conf-enabled", "sites-enabled"} {
		if err := os.RemoveAll(filepath.Join(w.root(), "etc/apache2", dir)); err != nil {
			return err
		}
	}
	return nil
}

// writeAll writes files into the world's root.
func (w *world) writeAll(files map[string][]byte) error {
	return w.do(func() error {
		for name, text := range files {
			if err := w.writeFile(name, text); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) writeFile(name string, text []byte) error {
	if err := w.makeFolder(path.Dir(name), 0o755); err != nil {
		return err
	}
	to := filepath.Join(w.root(), name)
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// makeFolder makes a folder and those above it; only what is new gets the mode.
func (w *world) makeFolder(name string, mode os.FileMode) error {
	to := filepath.Join(w.root(), name)
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	return os.Chmod(to, mode)
}

// link makes the links of EL's ServerRoot where the fixture has nothing of that name.
func (w *world) link(dir string, links map[string]string) error {
	if err := w.makeFolder(dir, 0o755); err != nil {
		return err
	}
	for name, to := range links {
		if err := os.Symlink(to, filepath.Join(w.root(), dir, name)); err != nil && !os.IsExist(err) {
			return err
		}
	}
	return nil
}
