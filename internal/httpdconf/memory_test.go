package httpdconf_test

import (
	"io"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// inMemory gives files that are nowhere on disk: absolute path to text.
func inMemory(texts map[string]string) httpdconf.Files {
	m := fstest.MapFS{}
	for name, text := range texts {
		m[inside(name)] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return memory{m}
}

type memory struct{ files fstest.MapFS }

func inside(name string) string {
	if name = strings.TrimPrefix(path.Clean(name), "/"); name == "" {
		return "."
	}
	return name
}

func (m memory) Stat(name string) (fs.FileInfo, error)      { return m.files.Stat(inside(name)) }
func (m memory) ReadDir(name string) ([]fs.DirEntry, error) { return m.files.ReadDir(inside(name)) }
func (m memory) Open(name string) (io.ReadCloser, error)    { return m.files.Open(inside(name)) }
func (m memory) Show(name string) string                    { return name }
