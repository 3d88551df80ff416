package lab

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// shibd is the daemon of Shibboleth's SP.
const (
	shibd        = "shibd"
	shibdProgram = "/usr/sbin/shibd"
)

// shibbolethFile is the configuration of Shibboleth's SP, where the rendered tree has one.
func (l *Lab) shibbolethFile() string { return filepath.Join(l.Root, "etc/shibboleth/shibboleth2.xml") }

// startShibboleth starts shibd where the rendered tree has a configuration for it, and waits until it listens. It is
// root, as httpd is, so that the tree may lie where its own account does not come.
func (r *run) startShibboleth(ctx context.Context) error {
	l := r.lab
	if _, err := os.Stat(l.shibbolethFile()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	socket := filepath.Join(l.Root, "run/shibboleth/shibd.sock")
	if err := os.MkdirAll(filepath.Dir(socket), 0o755); err != nil {
		return err
	}
	c, err := r.start(program{name: shibd, path: shibdProgram, args: []string{"-f", "-F", "-c", l.shibbolethFile(), "-p", l.path("run", "shibd.pid")}})
	if err != nil {
		return err
	}
	return c.await(ctx, func(ctx context.Context) error { return dial(ctx, "unix", socket) })
}
