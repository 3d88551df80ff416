package httpdconf

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// layout is where a distribution keeps httpd's configuration.
type layout struct {
	root   string // ServerRoot
	main   string // relative to it
	static string // see StaticModules
	env    string // file with httpd's environment, relative to root
}

func layouts() []layout {
	return []layout{
		{root: "/etc/httpd", main: "conf/httpd.conf"},
		{root: "/etc/apache2", main: "apache2.conf", static: "debian", env: "envvars"},
		{root: "/etc/apache2", main: "httpd.conf"},
		{root: "/usr/local/apache2", main: "conf/httpd.conf"},
	}
}

// Find looks for the main file in a folder: the root of a machine, of a container
// or of a copy of one ("/", DIR with DIR/etc/httpd/…), or a copy of the one folder
// that is ServerRoot (DIR/conf/httpd.conf, DIR/apache2.conf). It gives what Load
// wants, and fs.ErrNotExist where there is none; the error names the places.
func Find(dir string) (main string, options Options, err error) {
	for _, l := range layouts() {
		for _, at := range []string{"/", l.root} {
			here := filepath.Join(dir, strings.TrimPrefix(l.root, at))
			if _, err := os.Stat(filepath.Join(here, l.main)); err == nil {
				return join(l.root, l.main), l.options(at, dir, here), nil
			}
		}
	}
	return "", Options{}, &fs.PathError{Op: "find httpd's main file in", Path: dir, Err: errNoMain}
}

var errNoMain = errors.Join(errors.New("want etc/httpd/conf/httpd.conf, etc/apache2/apache2.conf, conf/httpd.conf or apache2.conf there"), fs.ErrNotExist)

// options are those for a layout whose ServerRoot is found here.
func (l layout) options(at, dir, here string) Options {
	o := Options{ServerRoot: l.root, Static: StaticModules(l.static), Files: Disk(Mount{At: at, Dir: dir})}
	if at == "/" && filepath.Clean(dir) == "/" {
		o.Files = Disk()
	}
	if text, err := os.ReadFile(filepath.Join(here, l.env)); l.env != "" && err == nil {
		o.Env = Envvars(string(text))
	}
	return o
}
