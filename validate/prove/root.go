package prove

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// root is where the world's root is mounted.
func (w *world) root() string { return filepath.Join(w.folder, "root") }

// mountRoot lays a file system in memory over this host's root: read through, written beside.
func (w *world) mountRoot() error {
	type mount struct {
		from, to, kind string
		flags          uintptr
		data           string
	}
	upper, work := filepath.Join(w.folder, "upper"), filepath.Join(w.folder, "work")
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("mount: %w", err)
	}
	for _, m := range []mount{
		{"prove", w.folder, "tmpfs", 0, "mode=0755"},
		{"prove", w.root(), "overlay", 0, "lowerdir=/,upperdir=" + upper + ",workdir=" + work},
		{"/dev", w.root() + "/dev", "", unix.MS_BIND | unix.MS_REC, ""},
		{"/proc", w.root() + "/proc", "", unix.MS_BIND | unix.MS_REC, ""},
		{"prove", w.root() + "/run", "tmpfs", 0, "mode=0755"},
	} {
		if err := unix.Mount(m.from, m.to, m.kind, m.flags, m.data); err != nil {
			return fmt.Errorf("mount %s (%s): %w", m.to, m.kind, err)
		}
		if m.to != w.folder {
			continue
		}
		for _, dir := range []string{upper, work, w.root()} {
			if err := os.Mkdir(dir, 0o755); err != nil {
				return err
			}
		}
	}
	return nil
}
