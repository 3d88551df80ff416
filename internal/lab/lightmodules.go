package lab

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
)

const lightAssets = "assets/issuer"

// nodePath is Node's path; the name alone where it is missing, so that starting it tells so.
func nodePath() string {
	if path, err := exec.LookPath("node"); err == nil {
		return path
	}
	return "node"
}

// lightName is the prepared folder's name; it changes with every file that is unpacked there.
func lightName() (string, error) {
	hash, err := assetsHash(lightAssets)
	return "issuer-" + hash, err
}

func lightPresent() bool { return inCache(lightName()) }

// prepareLight returns the folder with the provider's program and its modules, unpacked and installed once.
func prepareLight(ctx context.Context) (string, error) {
	name, err := lightName()
	if err != nil {
		return "", err
	}
	return prepared(ctx, name, func(dir string) error {
		if err := unpackAssets(lightAssets, dir); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(dir, "npmrc"), filepath.Join(dir, ".npmrc")); err != nil {
			return err
		}
		return tool(ctx, dir, "npm", "ci", "--ignore-scripts", "--no-progress")
	})
}

// inCache says whether a prepared folder of that name is there.
func inCache(name string, err error) bool {
	cache, failed := cacheDir()
	if err != nil || failed != nil {
		return false
	}
	_, err = os.Stat(filepath.Join(cache, name))
	return err == nil
}
