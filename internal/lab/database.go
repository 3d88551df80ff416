package lab

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// upDatabase brings MariaDB with Keystone's empty tables. The tables are made once for each pair of versions and
// kept in the cache: making them takes keystone-manage many seconds, copying them a tenth of one.
func (r *run) upDatabase(ctx context.Context) error {
	name, err := r.lab.System.databaseName()
	if err != nil {
		return err
	}
	tables, err := prepared(ctx, name, func(dir string) error {
		return r.progress.phase("Keystone's tables, once", func() error { return r.makeDatabase(ctx, dir) })
	})
	if err != nil {
		return err
	}
	return r.progress.phase("MariaDB", func() error {
		if err := r.copyDatabase(tables); err != nil {
			return err
		}
		_, err := r.startMariaDB(ctx)
		return err
	})
}

// databaseName changes with the versions of MariaDB and Keystone.
func (s system) databaseName() (string, error) {
	h := sha256.New()
	for _, pattern := range []string{"/usr/sbin/mariadbd", pythonModules + "/keystone-*", pythonModules + "/keystone/common/sql/migrations/versions"} {
		files, err := filepath.Glob(s.path(pattern))
		if err != nil {
			return "", err
		}
		for _, file := range files {
			info, err := os.Stat(file)
			if err != nil {
				return "", err
			}
			fmt.Fprintln(h, file, info.Size(), info.ModTime().UnixNano())
		}
	}
	return "database-" + hex.EncodeToString(h.Sum(nil))[:12], nil
}

// makeDatabase makes the tables in this lab's own data folder, ends MariaDB cleanly and moves the files to dir.
func (r *run) makeDatabase(ctx context.Context, dir string) error {
	if err := r.installMariaDB(ctx); err != nil {
		return err
	}
	c, err := r.startMariaDB(ctx)
	if err != nil {
		return err
	}
	if err := r.manage(ctx, nil, "db_sync"); err != nil {
		return err
	}
	if err := c.stop(ctx, r.lab); err != nil {
		return err
	}
	data := r.lab.path("db", "data")
	if err := os.CopyFS(dir, os.DirFS(data)); err != nil {
		return err
	}
	return os.RemoveAll(data)
}

// stop asks a service to end and waits until it has.
func (c *child) stop(ctx context.Context, l *Lab) error {
	l.signal(c.PID, syscall.SIGTERM)
	select {
	case <-c.ended:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%s does not end: %w", c.Name, context.Cause(ctx))
	}
}

// copyDatabase copies prepared files to this lab's data folder and gives them to MariaDB's user.
func (r *run) copyDatabase(from string) error {
	data := r.lab.path("db", "data")
	if err := r.lab.makeFolder(folder{"db/data", 0o700, r.accounts.mysql}); err != nil {
		return err
	}
	if err := os.CopyFS(data, os.DirFS(from)); err != nil {
		return err
	}
	return filepath.WalkDir(data, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return chown(path, r.accounts.mysql)
	})
}
