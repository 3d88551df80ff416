package labtest

import (
	"os"
	"testing"
)

// Httpd gives the installed httpd and the folder of its modules, or else skips the
// test as Require does.
func Httpd(t testing.TB) (program, modules string) {
	t.Helper()
	for _, p := range [][2]string{{"/usr/sbin/apache2", "/usr/lib/apache2/modules"}, {"/usr/sbin/httpd", "/usr/lib64/httpd/modules"}} {
		if _, err := os.Stat(p[0]); err == nil {
			return p[0], p[1]
		}
	}
	Require(t, "no Apache httpd here to confirm this with; install apache2-bin")
	return "", ""
}
