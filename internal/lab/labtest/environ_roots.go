package labtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// HTTPDRoots are where httpd is asked: "", this host, and the folders that FEDSTONE_HTTPD_ROOTS names (debootstrap with
// apache2-bin, mod_wsgi and a module in them; separated by colons), for the versions that this host does not have.
func HTTPDRoots() []string {
	return append([]string{""}, strings.FieldsFunc(os.Getenv("FEDSTONE_HTTPD_ROOTS"), func(r rune) bool { return r == ':' })...)
}

// PackageVersion gives the upstream version of a Debian package in a root; "" where it is not installed.
func PackageVersion(root, pack string) string {
	out, err := exec.Command("dpkg-query", "--admindir="+filepath.Join(root, "/var/lib/dpkg"), "-W", "-f", "${db:Status-Status} ${Version}", pack).Output()
	version, ok := strings.CutPrefix(string(out), "installed ")
	if err != nil || !ok {
		return ""
	}
	version, _, _ = strings.Cut(version, "-")
	version, _, _ = strings.Cut(version, "+")
	return version
}
