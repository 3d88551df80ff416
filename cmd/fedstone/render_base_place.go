package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/templates"
)

// place finds out where the file lies: in the tree that is written, and in one of httpd.
func place(b *templates.Base, dir string) error {
	abs, err := filepath.Abs(b.Path)
	if err != nil {
		return err
	}
	root, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if rest, ok := below(root, abs); ok {
		if b.Target, b.Kept, err = resolved(root, abs); err != nil {
			return err
		}
		b.Name = rest
	}
	findTree(b, abs)
	return nil
}

// below gives a path as the tree below root names it.
func below(root, path string) (string, bool) {
	rest, err := filepath.Rel(root, path)
	return "/" + filepath.ToSlash(rest), err == nil && rest != ".." && !strings.HasPrefix(rest, "../")
}

// resolved follows the links of a file in the tree: what it leads to is what is written.
func resolved(root, path string) (string, bool, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", false, err
	}
	top, err := filepath.EvalSymlinks(root)
	if err != nil {
		return "", false, err
	}
	target, ok := below(top, real)
	if !ok {
		return "", false, usageError("%s is a link that leads out of %s, to %s; name the file itself with --base", path, root, real)
	}
	return target, true, nil
}

// findTree looks for httpd's main file around the base.
func findTree(b *templates.Base, abs string) {
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		main, options, err := httpdconf.Find(dir)
		if name, ok := named(options, main, dir, abs); err == nil && ok {
			b.Main, b.Options, b.Name = main, options, name
			return
		}
		if dir == filepath.Dir(dir) {
			return
		}
	}
}

// named gives the base's path as httpd of the tree has it.
func named(o httpdconf.Options, main, dir, abs string) (string, bool) {
	rest, ok := below(dir, abs)
	if !ok || main == "" {
		return "", false
	}
	for _, name := range []string{rest, filepath.Join(o.ServerRoot, rest)} {
		if info, err := o.Files.Stat(name); err == nil && sameAs(info, abs) {
			return name, true
		}
	}
	return "", false
}

func sameAs(info fs.FileInfo, path string) bool {
	other, err := os.Stat(path)
	return err == nil && os.SameFile(info, other)
}
