package prove

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// Where the parts of a fixture lie when it runs.
const (
	frameFile  = "/etc/httpd/conf/httpd.conf"
	siteFile   = "/etc/httpd/conf.d/10-keystone_wsgi.conf"
	debianMain = "/etc/apache2/apache2.conf"
)

// layout is what a world's root gets: files by their absolute path, and where httpd begins to read.
type layout struct {
	files map[string][]byte
	main  string
}

// readLayout reads a fixture folder. A folder of the top level that a root file system has is a tree; oidc/ is the
// metadata directory, httpd.conf the site's file; what else there is stays outside.
func readLayout(fixture string) (*layout, error) {
	l := &layout{files: map[string][]byte{}}
	err := filepath.WalkDir(fixture, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(fixture, name)
		for _, to := range places(filepath.ToSlash(rel)) {
			l.files[to] = forThisHttpd(to, text)
		}
		return err
	})
	l.main = l.findMain()
	return l, err
}

// places are where a fixture's file is put.
func places(rel string) []string {
	top, below, _ := strings.Cut(rel, "/")
	switch top {
	case "httpd.conf":
		return []string{siteFile}
	case "keystone.conf":
		return []string{"/etc/keystone/keystone.conf"}
	case "keystone.conf.d":
		return []string{path.Join("/etc/keystone/keystone.conf.d", below)}
	case "oidc":
		return []string{path.Join("/etc/httpd/oidc", below), path.Join("/etc/apache2/oidc", below)}
	case "etc", "usr", "var", "opt", "srv", "openstack":
		return []string{"/" + rel}
	}
	return nil
}

// findMain is the tree's own httpd.conf, or the frame's path where the fixture is a site's file.
func (l *layout) findMain() string {
	if _, ok := l.files[debianMain]; ok {
		return debianMain
	}
	return frameFile
}

// framed says whether the fixture brings no main configuration of its own.
func (l *layout) framed() bool { return l.files[l.main] == nil }

var (
	wildcard443 = regexp.MustCompile(`(?mi)^([ \t]*Listen[ \t]+)(?:\*:|0\.0\.0\.0:|\[::\]:)?443\b`)
	builtIn     = regexp.MustCompile(`(?mi)^([ \t]*LoadModule[ \t]+(?:unixd|log_config|logio|version|so|watchdog|systemd)_module\b)`)
)

// forThisHttpd changes what cannot run here, line for line: modules that Debian's httpd has built in (or lacks, as
// systemd) are not loaded, and port 443 is left to the issuers on all addresses but one.
func forThisHttpd(name string, text []byte) []byte {
	if !strings.HasPrefix(name, "/etc/httpd/") && !strings.HasPrefix(name, "/etc/apache2/") {
		return text
	}
	text = wildcard443.ReplaceAll(text, []byte("${1}127.0.0.1:443"))
	return builtIn.ReplaceAll(text, []byte("#${1}"))
}

// conf is the text of all of httpd's configuration files.
func (l *layout) conf() string {
	var all strings.Builder
	for name, text := range l.files {
		if strings.HasPrefix(name, "/etc/httpd/") || strings.HasPrefix(name, "/etc/apache2/") {
			all.Write(text)
			all.WriteByte('\n')
		}
	}
	return all.String()
}
