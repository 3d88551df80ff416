package subject

import (
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// find is httpdconf.Find, but takes a folder that is in use on this machine for
// what it is: the files that it names elsewhere can be looked at, too.
func find(dir string) (string, httpdconf.Options, error) {
	abs, err := filepath.Abs(dir)
	if err == nil && (abs == "/etc/httpd" || abs == "/etc/apache2") {
		if main, o, err := httpdconf.Find("/"); err == nil && strings.HasPrefix(main, abs+"/") {
			return main, o, nil
		}
	}
	main, o, err := httpdconf.Find(dir)
	if err != nil {
		return main, o, err
	}
	if m := serverRoot.FindStringSubmatch(text(o.Files, main)); m != nil && filepath.Clean(m[1]) == abs {
		at := strings.TrimPrefix(main, o.ServerRoot)
		o.ServerRoot, o.Files = abs, httpdconf.Disk()
		return abs + at, o, nil
	}
	return main, o, nil
}

var serverRoot = regexp.MustCompile(`(?mi)^\s*ServerRoot\s+"?([^"\n]+?)"?\s*$`)

// text gives a file's text; "" where it cannot be read.
func text(files httpdconf.Files, name string) string {
	file, err := files.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	src, _ := io.ReadAll(io.LimitReader(file, maxFile))
	return string(src)
}

// lonely reports whether a file only bears the name of a main one: it loads no
// module and includes nothing, so that httpd could not start with it.
func lonely(o httpdconf.Options, main string) bool {
	src := strings.ToLower(text(o.Files, main))
	return src != "" && !strings.Contains(src, "loadmodule") && !strings.Contains(src, "include") && !strings.Contains(src, "serverroot")
}
