package metadata

import (
	"path"

	"github.com/fedstone/fedstone/validate/subject"
)

// machine reports whether a folder lies in the root of a machine, or in a copy of one
// that kept modes: what has etc/passwd is none of a repository.
func machine(f *subject.Folder) bool {
	for _, v := range f.Vhosts {
		info, _, err := v.Tree.Stat("/etc/passwd")
		return err == nil && info.Mode().IsRegular()
	}
	return false
}

// reachable reports whether everybody on the machine gets into a folder.
func reachable(f *subject.Folder) bool {
	if len(f.Vhosts) == 0 {
		return false
	}
	t := f.Vhosts[0].Tree
	for dir := t.Path(f.Path); dir != "/" && dir != "."; dir = path.Dir(dir) {
		if info, _, err := t.Stat(dir); err != nil || info.Mode().Perm()&0o001 == 0 {
			return false
		}
	}
	return true
}
