package httpdconf

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"syscall"
)

// Files is where Load reads a configuration. Every path is absolute and clean, as
// httpd on the machine that the configuration is for would see it.
//
// Errors are those of package os: fs.ErrNotExist and so on. ErrOutside is for a path
// of which nothing is known because the tree at hand does not reach so far.
type Files interface {
	// Stat follows symbolic links.
	Stat(path string) (fs.FileInfo, error)
	// ReadDir gives the entries of a folder in any order.
	ReadDir(path string) ([]fs.DirEntry, error)
	// Open opens a file that Stat calls regular. It must not wait for a writer.
	Open(path string) (io.ReadCloser, error)
	// Show gives the name by which the user knows the file; it stands in findings.
	Show(path string) string
}

// ErrOutside says that a path lies outside of the tree that was given, so that
// nobody can say what is there.
var ErrOutside = errors.New("outside of the given tree")

// merge puts a path behind a folder and cleans it (apr_filepath_merge): it keeps a
// slash at the end, and goes nowhere above the root. root is absolute; false says
// that the path is too long.
func merge(root, add string) (string, bool) {
	const longest = 4096
	if len(root)+len(add)+4 > longest {
		return "", false
	}
	if strings.HasPrefix(add, "/") {
		root = "/"
	}
	if !strings.HasSuffix(root, "/") {
		root += "/"
	}
	out, rest := []byte(root), strings.TrimLeft(add, "/")
	for rest != "" {
		segment, after, slash := strings.Cut(rest, "/")
		out = step(out, segment, slash)
		rest = after
	}
	return string(out), true
}

// step adds one segment to a path that ends with a slash.
func step(out []byte, segment string, slash bool) []byte {
	switch segment {
	case "", ".":
		return out
	case "..":
		for len(out) > 1 {
			out = out[:len(out)-1]
			if out[len(out)-1] == '/' {
				break
			}
		}
		return out
	}
	out = append(out, segment...)
	if slash {
		out = append(out, '/')
	}
	return out
}

// join is ap_make_full_path.
func join(dir, name string) string {
	if strings.HasSuffix(dir, "/") {
		return dir + name
	}
	return dir + "/" + name
}

// clean takes the slash from the end of a path: Files get no others.
func clean(name string) string { return path.Clean(name) }

// reason gives the words of an error without the path, which the finding names
// itself.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	return err.Error()
}
