package roots

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// User is a system user, and the group of the same name.
type User struct {
	Name     string
	UID, GID uint32
	Home     string // "" = none
}

// Runner runs an installing program in a folder ("" = wherever) to its end.
type Runner func(ctx context.Context, dir, name string, args ...string) error

// Build makes the suite in dir, which exists and is empty. It takes minutes, and about a gigabyte.
func (s Suite) Build(ctx context.Context, dir string, users []User, run Runner) error {
	b := builder{Suite: s, dir: dir, run: run}
	for _, step := range []func(context.Context) error{b.debootstrap, b.files, func(ctx context.Context) error { return b.users(ctx, users) }, b.install} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("%s: %w", s.Title, err)
		}
	}
	return nil
}

type builder struct {
	Suite
	dir string
	run Runner
}

// debootstrap runs in namespaces of its own: broken off, it leaves neither a process nor a mount.
func (b builder) debootstrap(ctx context.Context) error {
	return b.run(ctx, "", "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child",
		"debootstrap", "--variant=minbase", b.Name, b.dir, Archive)
}

// files: a name for the loopback address, no services (policy-rc.d, Debian's invoke-rc.d), and package lists that may be
// older than they wish to be, as those of a mirror that stands still are. Their signatures are checked all the same.
func (b builder) files(context.Context) error {
	for path, file := range map[string]struct {
		text string
		mode os.FileMode
	}{
		"etc/hosts":                           {"127.0.0.1 localhost\n::1 localhost\n", 0o644},
		"usr/sbin/policy-rc.d":                {"#!/bin/sh\nexit 101\n", 0o755},
		"etc/apt/apt.conf.d/50-stands-still":  {"Acquire::Check-Valid-Until \"false\";\n", 0o644},
		"etc/apt/apt.conf.d/50-no-recommends": {"APT::Install-Recommends \"false\";\n", 0o644},
	} {
		if err := os.WriteFile(filepath.Join(b.dir, path), []byte(file.text), file.mode); err != nil {
			return err
		}
	}
	return nil
}

// users come before packages, which take those they find.
func (b builder) users(ctx context.Context, users []User) error {
	for _, u := range users {
		known, err := u.in(filepath.Join(b.dir, "etc/passwd"))
		if err != nil {
			return err
		}
		if !known {
			if err := b.add(ctx, u); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b builder) add(ctx context.Context, u User) error {
	if err := b.inside(ctx, "groupadd", "--system", "--gid", number(u.GID), u.Name); err != nil {
		return err
	}
	home := cmp.Or(u.Home, "/nonexistent")
	if err := b.inside(ctx, "useradd", "--system", "--uid", number(u.UID), "--gid", number(u.GID), "--no-create-home", "--home-dir", home,
		"--shell", "/usr/sbin/nologin", u.Name); err != nil || u.Home == "" {
		return err
	}
	return b.inside(ctx, "install", "--directory", "--owner", u.Name, "--group", u.Name, home)
}

// in says whether a file such as /etc/passwd has the user; with another number it is an error.
func (u User) in(passwd string) (bool, error) {
	text, err := os.ReadFile(passwd)
	if err != nil {
		return false, err
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(line, ":")
		if len(fields) < 4 || fields[0] != u.Name {
			continue
		}
		if fields[2] != number(u.UID) || fields[3] != number(u.GID) {
			return false, fmt.Errorf("user %s is %s:%s there and %d:%d on the host; files could not be shared", u.Name, fields[2], fields[3], u.UID, u.GID)
		}
		return true, nil
	}
	return false, nil
}

func (b builder) install(ctx context.Context) error {
	if err := b.inside(ctx, "apt-get", "update", "-q"); err != nil {
		return err
	}
	if err := b.inside(ctx, "apt-get", append([]string{"install", "-y", "-q"}, b.Packages...)...); err != nil {
		return err
	}
	return b.inside(ctx, "apt-get", "clean")
}

func (b builder) inside(ctx context.Context, name string, args ...string) error {
	command := Place{Root: b.dir}.bound(append([]string{name}, args...)...)
	return b.run(ctx, "", command[0], command[1:]...)
}

func number(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
