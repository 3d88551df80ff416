package kept

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/parallel"
)

// Source is something that a run read: a file or a variable of the environment.
type Source struct {
	File     string // absolute; "" for a variable
	Variable string
	Mode     fs.FileMode // of the file: a secret that others may read is refused
	Digest   Digest
}

// clockStep is how far the time of a file's change may lie behind the clock's: the
// kernel writes that of its last tick.
const clockStep = 100 * time.Millisecond

// Remember gives the sources as they are now. The error names one that has changed
// since began, when the run had not read anything: which content it saw nobody knows.
func Remember(files, variables []string, salt Salt, began time.Time) ([]Source, error) {
	out, failed := make([]Source, len(files), len(files)+len(variables)), make([]error, len(files))
	parallel.Each(len(files), func(i int) { out[i], failed[i] = ofFile(files[i], salt, began) })
	for _, err := range failed {
		if err != nil {
			return nil, err
		}
	}
	for _, name := range variables {
		out = append(out, Source{Variable: name, Digest: salt.Digest([]byte(os.Getenv(name)))})
	}
	return out, nil
}

func ofFile(path string, salt Salt, began time.Time) (Source, error) {
	s, info, err := look(path, salt)
	if err != nil {
		return s, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !time.Unix(stat.Ctim.Unix()).Before(began.Add(-clockStep)) {
		return s, fmt.Errorf("%s has changed since it was read", path)
	}
	return s, nil
}

func look(path string, salt Salt) (Source, fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Source{}, nil, err
	}
	content, err := input.File(path, info.Size())
	return Source{File: path, Mode: info.Mode(), Digest: salt.Digest(content)}, info, err
}

// hold reports whether all sources are as they were.
func hold(sources []Source, salt Salt) bool {
	return parallel.All(len(sources), func(i int) bool { return sources[i].holds(salt) })
}

func (s Source) holds(salt Salt) bool {
	if s.Variable != "" {
		return bytes.Equal(salt.Digest([]byte(os.Getenv(s.Variable))), s.Digest)
	}
	now, _, err := look(s.File, salt)
	return err == nil && now.Mode == s.Mode && bytes.Equal(now.Digest, s.Digest)
}
