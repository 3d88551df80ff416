package main

import (
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// deploymentFolder stands beside the controllers' trees, or inside the one tree:
// what it holds is for the platform's own tools and belongs on no target.
const deploymentFolder = "deploy"

// withDeployment adds what the platform's own tools need, where all trees are
// written and none of them in place.
func withDeployment(c *cli.Context, fed *spec.Federation, trees []tree) ([]tree, error) {
	dir := filepath.Clean(c.String("output"))
	if c.String("controller") != "" || dir == "/" {
		return trees, nil
	}
	bundles := make([]*templates.Bundle, 0, len(trees))
	for _, t := range trees {
		bundles = append(bundles, t.bundle)
	}
	bundle, err := templates.Deployment(fed, templates.Inputs{}, bundles)
	switch {
	case err != nil:
		return nil, cli.Exit(err.Error(), exitUsage)
	case bundle == nil:
		return trees, nil
	}
	for _, t := range trees {
		if t.controller == deploymentFolder {
			return nil, usageError("a controller is named %q, which is the folder for the platform's own tools; name it otherwise", deploymentFolder)
		}
	}
	return append(trees, tree{dir: filepath.Join(dir, deploymentFolder), bundle: bundle}), nil
}
