package templates

import (
	"embed"
	"errors"
	"io/fs"
	"path"
	"slices"
)

// The playbook is the same for everybody; what differs stands in the inventory.
//
//go:embed tripleo/*.yml tripleo/tasks/*.yml
var tripleoPlaybook embed.FS

// tripleo makes what Red Hat OpenStack Platform 17.1 is deployed with: a playbook
// with its inventory and an archive for each controller, an environment file for the
// overcloud's deployment, and the lines of haproxy. All but the environment need to
// know the controllers.
func (d deployment) tripleo() ([]File, error) {
	if len(d.fed.Controllers) == 0 {
		return together(d.tripleoEnvironment)
	}
	files, err := together(d.tripleoEnvironment, d.tripleoInventory, d.haproxy)
	if err != nil {
		return nil, err
	}
	fixed, err1 := fixedFiles(tripleoPlaybook, "tripleo")
	archives, err2 := d.archives()
	return slices.Concat(files, fixed, archives), errors.Join(err1, err2)
}

// fixedFiles gives the files below a folder of a file system.
func fixedFiles(from fs.FS, folder string) ([]File, error) {
	root, err := fs.Sub(from, folder)
	if err != nil {
		return nil, err
	}
	var out []File
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		out = append(out, fixedFile(path.Join("/", name), text))
		return err
	})
	return out, err
}
