package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
)

// plainPlaces: rights of the metadata directory are taken from all but httpd, and the
// vhost file is replaced as a whole. Neither may be what others need.
func (l *loader) plainPlaces(f *Federation) {
	l.ownPlace(f.Plain.Vhost, "plain.vhost", "vhost: /etc/keystone/federation/vhost.conf")
	const hint = "metadata_dir: /etc/keystone/federation/oidc"
	if dir := f.Plain.MetadataDir; dir.Given() && l.ownPlace(dir, "plain.metadata_dir", hint) {
		if other := f.within(dir.Value); other != "" {
			l.fail("plain-place", dir.At, fmt.Sprintf("plain.metadata_dir %s would be closed to all but httpd, and is there for %s, too; expected a folder of its own", show(dir.Value), other), hint)
		}
	}
}

// within gives a place of something else that is a folder, or lies in it.
func (f *Federation) within(dir string) string {
	p, _ := platform.ByName(platform.PlainName)
	l := f.Describe(p).Layout
	for _, other := range []string{l.Vhost, l.MappingDir, l.KeystoneConf, l.Horizon, l.Clouds, l.LogDir} {
		if strings.HasPrefix(other+"/", dir+"/") {
			return other
		}
	}
	return ""
}

// ownPlace refuses what lies directly in a folder of the root, such as /etc/passwd, and
// what lies in those that belong to the system.
func (l *loader) ownPlace(t Text, what, hint string) bool {
	systems := []string{"bin", "boot", "dev", "lib", "lib32", "lib64", "proc", "run", "sbin", "sys", "tmp", "usr"}
	steps := strings.Split(strings.TrimPrefix(t.Value, "/"), "/")
	shallow := len(steps) < 3 && steps[0] != "opt" && steps[0] != "srv"
	system := slices.Contains(systems, steps[0]) && !strings.HasPrefix(t.Value, "/usr/local/")
	if !t.Given() || !shallow && !system {
		return true
	}
	l.fail("plain-place", t.At, fmt.Sprintf("%s %s is, or lies in, a folder that the system needs for itself; expected one of its own", what, show(t.Value)), hint)
	return false
}
