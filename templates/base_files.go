package templates

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"time"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// overlay is Files with texts in the place of some, and other names for the user.
type overlay struct {
	httpdconf.Files
	texts map[string][]byte
	shown map[string]string
}

func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if text, ok := o.texts[name]; ok {
		return textInfo{path.Base(name), int64(len(text))}, nil
	}
	return o.Files.Stat(name)
}

func (o overlay) Open(name string) (io.ReadCloser, error) {
	if text, ok := o.texts[name]; ok {
		return io.NopCloser(bytes.NewReader(text)), nil
	}
	return o.Files.Open(name)
}

func (o overlay) Show(name string) string {
	if shown, ok := o.shown[name]; ok {
		return shown
	}
	return o.Files.Show(name)
}

// textInfo is the FileInfo of a text.
type textInfo struct {
	name string
	size int64
}

func (t textInfo) Name() string       { return t.name }
func (t textInfo) Size() int64        { return t.size }
func (t textInfo) Mode() fs.FileMode  { return 0o644 }
func (t textInfo) ModTime() time.Time { return time.Time{} }
func (t textInfo) IsDir() bool        { return false }
func (t textInfo) Sys() any           { return nil }

// nowhere is Files of which nothing is known.
type nowhere struct{}

func (nowhere) Stat(string) (fs.FileInfo, error)      { return nil, httpdconf.ErrOutside }
func (nowhere) ReadDir(string) ([]fs.DirEntry, error) { return nil, httpdconf.ErrOutside }
func (nowhere) Open(string) (io.ReadCloser, error)    { return nil, httpdconf.ErrOutside }
func (nowhere) Show(name string) string               { return name }
