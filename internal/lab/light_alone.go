package lab

import (
	"context"
	"path/filepath"
)

// LightProgram gives the command of the light OpenID Provider, for one that is started
// beside the lab's own: its settings' file is the argument that is left to add. What it
// needs is installed as for the lab's.
func LightProgram(ctx context.Context) ([]string, error) {
	modules, err := prepareLight(ctx)
	return []string{nodePath(), filepath.Join(modules, "server.mjs")}, err
}
