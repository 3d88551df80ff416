package lab

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
)

// upMemcached starts the cache that every Keystone in production has: without one each request asks the database
// dozens of times. It listens on a Unix socket in a folder that Keystone alone may enter.
func (r *run) upMemcached(ctx context.Context) error {
	return r.progress.phase("memcached", func() error {
		path, err := prepareMemcached(ctx)
		if err != nil {
			return err
		}
		c, err := r.start(program{name: "memcached", path: path, args: []string{
			"-u", r.accounts.keystone.name, "-s", r.lab.cacheSocket(), "-a", "0666", "-m", "32", "-t", "1"}, outside: true})
		if err != nil {
			return err
		}
		return c.await(ctx, func(ctx context.Context) error { return dial(ctx, "unix", r.lab.cacheSocket()) })
	})
}

func (l *Lab) cacheSocket() string { return l.path("keystone", "cache", "socket") }

// MemcachedProgram gives the path of memcached, and unpacks it where it is not there yet.
func MemcachedProgram(ctx context.Context) (string, error) { return prepareMemcached(ctx) }

// RedisProgram is the file of redis' server, which Debian has in its package of tools: the package of the server itself
// would start a service. It is a server where it is called redis-server.
const RedisProgram = "/usr/bin/redis-check-rdb"

const memcachedName = "memcached-1"

// memcachedPresent says whether the host has memcached, or its package has been unpacked.
func memcachedPresent() bool {
	_, err := exec.LookPath("memcached")
	return err == nil || inCache(memcachedName, nil)
}

// prepareMemcached gives the program's path. Debian's package is unpacked, not installed: installed it would start
// a service of the host with every boot.
func prepareMemcached(ctx context.Context) (string, error) {
	if path, err := exec.LookPath("memcached"); err == nil {
		return path, nil
	}
	dir, err := prepared(ctx, memcachedName, func(dir string) error { return unpackPackage(ctx, dir, "memcached") })
	return filepath.Join(dir, "usr", "bin", "memcached"), err
}

// unpackPackage fetches a Debian package and unpacks it below dir. A stale or missing package list is renewed once.
func unpackPackage(ctx context.Context, dir, name string) error {
	if err := tool(ctx, dir, "apt-get", "download", "-q", name); err != nil {
		if err := tool(ctx, dir, "apt-get", "update", "-q", "-o", "DPkg::Lock::Timeout=300"); err != nil {
			return err
		}
		if err := tool(ctx, dir, "apt-get", "download", "-q", name); err != nil {
			return err
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, name+"_*.deb"))
	if err != nil || len(files) != 1 {
		return errors.Join(err, errors.New("apt-get download "+name+" left no package"))
	}
	return tool(ctx, dir, "dpkg", "-x", files[0], dir)
}
