package labtest

import (
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Python is an interpreter to hold ours against.
type Python struct {
	Program string // its path
	Version string // 3.11
}

// EachPython runs a test, in parallel, on Debian's python3 and on those of
// python3.9 to python3.13 in PATH that have another version.
func EachPython(t *testing.T, test func(*testing.T, Python)) {
	t.Helper()
	found := pythons()
	if len(found) == 0 {
		Require(t, "no Python 3.9 to 3.13 found: install python3")
	}
	for _, p := range found {
		t.Run(p.Version, func(t *testing.T) {
			t.Parallel()
			test(t, p)
		})
	}
}

var pythons = sync.OnceValue(findPythons)

// findPythons asks each name who it is: some are stand-ins that only say where an
// interpreter might be.
func findPythons() (found []Python) {
	const who = `import sys; v = sys.version_info; print(sys.executable, "%d.%d" % v[:2], sep="\n", end=""); sys.exit(not (3, 9) <= v < (3, 14))`
	for _, name := range []string{"/usr/bin/python3", "python3", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13"} {
		said, err := exec.Command(name, "-c", who).Output()
		path, version, _ := strings.Cut(string(said), "\n")
		known := slices.ContainsFunc(found, func(p Python) bool { return p.Version == version })
		if err == nil && !known {
			found = append(found, Python{path, version})
		}
	}
	return found
}
