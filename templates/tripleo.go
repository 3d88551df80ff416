package templates

import (
	"embed"
	"io/fs"
	"path"
)

// The playbook is the same for everybody; what differs stands in the inventory.
//
//go:embed tripleo/*.yml tripleo/tasks/*.yml
var tripleoPlaybook embed.FS

// tripleo makes what Red Hat OpenStack Platform 17.1 is deployed with: a playbook
// with its inventory, an environment file for the overcloud's deployment, and the
// lines of haproxy. The first and the last need to know the controllers.
func (d deployment) tripleo() ([]File, error) {
	if len(d.fed.Controllers) == 0 {
		return together(d.tripleoEnvironment)
	}
	files, err := together(d.tripleoEnvironment, d.tripleoInventory, d.haproxy)
	if err != nil {
		return nil, err
	}
	fixed, err := fixedFiles(tripleoPlaybook, "tripleo")
	return append(files, fixed...), err
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
