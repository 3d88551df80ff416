package browser

import (
	"errors"
	"os/exec"
	"strings"
)

// names are what distributions call Chromium and its kin.
func names() []string {
	return []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"}
}

var errMissing = errors.New("no browser is installed here: install chromium (`apt install chromium`, `dnf install chromium-headless`), or have one of " + strings.Join(names(), ", ") + " in PATH")

// Find gives the path of an installed Chromium.
func Find() (string, error) {
	for _, name := range names() {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errMissing
}
