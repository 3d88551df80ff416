package templates

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// archives makes one archive for each controller: its tree as it lies on the host,
// with owners as the containers count them.
func (d deployment) archives() ([]File, error) {
	var out []File
	for _, b := range d.trees {
		f, err := d.archive(b)
		if err != nil {
			return nil, fmt.Errorf("archive of %q: %w", b.Controller, err)
		}
		out = append(out, f)
	}
	return out, nil
}

func (d deployment) archive(b *Bundle) (File, error) {
	members, err := d.members(b)
	if err != nil {
		return File{}, err
	}
	var text bytes.Buffer
	w := tar.NewWriter(&text)
	for _, m := range members {
		if err := errors.Join(w.WriteHeader(m.header()), write(w, m.content)); err != nil {
			return File{}, err
		}
	}
	f := deployFile("/"+b.Controller+".tar", nil, func(text []byte) error { return readsAsMembersOf(text, members) })
	f.Secret, f.Mode = true, 0o600
	err = w.Close()
	f.Content = text.Bytes()
	return f, err
}

// member is a file or a folder of an archive. A folder's name ends with a slash.
type member struct {
	name     string // without a slash at its front
	mode     int64
	uid, gid int
	content  []byte
}

func (m member) header() *tar.Header {
	kind := byte(tar.TypeReg)
	if strings.HasSuffix(m.name, "/") {
		kind = tar.TypeDir
	}
	return &tar.Header{Typeflag: kind, Name: m.name, Mode: m.mode, Uid: m.uid, Gid: m.gid, Size: int64(len(m.content))}
}

func write(w io.Writer, content []byte) error {
	_, err := w.Write(content)
	return err
}

// members are the folders, then the files. The manifest stays behind: the archive
// itself is the record on the host.
func (d deployment) members(b *Bundle) ([]member, error) {
	var out []member
	ids := accounts{d.platform.IDs(), nil}
	for _, f := range b.Folders {
		out = append(out, member{d.onHost(HTTPD, f.Path) + "/", int64(f.Mode), ids.of(f.Owner), ids.of(f.Group), nil})
	}
	for _, f := range b.Files {
		if f.Kind != manifestKind {
			out = append(out, member{d.onHost(f.Kind, f.Path), int64(f.Mode), ids.of(f.Owner), ids.of(f.Group), f.Content})
		}
	}
	return out, ids.unknown
}

// onHost is where a path of the target lies on the host, without its first slash.
func (d deployment) onHost(kind Kind, p string) string {
	l := d.platform.Layout
	switch kind {
	case Horizon:
		p = path.Join(l.HorizonHostPrefix, p)
	case Clouds:
	default:
		p = path.Join(l.HostPrefix, p)
	}
	return below(p)
}

// accounts turns names into the containers' numbers, and remembers a name it lacks.
type accounts struct {
	ids     map[string]int
	unknown error
}

func (a *accounts) of(name string) int {
	id, ok := a.ids[name]
	if !ok {
		a.unknown = fmt.Errorf("the containers' number of account %q is not known", name)
	}
	return id
}

// readsAsMembersOf reads an archive and holds it against what it is meant to hold.
func readsAsMembersOf(text []byte, want []member) error {
	r := tar.NewReader(bytes.NewReader(text))
	for _, m := range want {
		h, err := r.Next()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		got := member{h.Name, h.Mode, h.Uid, h.Gid, content}
		if !slices.Equal(got.content, m.content) || got.name != m.name || got.mode != m.mode || got.uid != m.uid || got.gid != m.gid {
			return errOtherMeaning
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		return errOtherMeaning
	}
	return nil
}
