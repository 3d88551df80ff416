package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/fedstone/fedstone/internal/private"
	wire "github.com/fedstone/fedstone/internal/register/adapter"
)

// Bounds of a store in a file.
const (
	largestFile = 16 << 20
	mostClients = 10000
)

// File is a store in one JSON file of mode 0600: an object with a client for each id.
// It is replaced as a whole at each change, and read anew before it, so that it may be
// mended by hand. One server a file.
type File struct {
	path string
	mu   sync.Mutex
}

// OpenFile gives the store of a file, which need not be there yet. The error is that it
// cannot be read or replaced, is open to other users, or holds something else.
func OpenFile(path string) (*File, error) {
	folder := filepath.Dir(path)
	if err := unix.Access(folder+"/", unix.W_OK|unix.X_OK); err != nil {
		return nil, &fs.PathError{Op: "write in", Path: folder, Err: err}
	}
	f := &File{path: path}
	_, err := f.read()
	return f, err
}

// Get serves Store.
func (f *File) Get(_ context.Context, id string) (wire.Body, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if err != nil {
		return wire.Body{}, err
	}
	raw, ok := all[id]
	if !ok {
		return wire.Body{}, ErrNotFound
	}
	return wire.ParseBody(raw)
}

// Put serves Store. A client without a secret keeps the one that it had.
func (f *File) Put(_ context.Context, client wire.Body) (wire.Body, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if err != nil {
		return wire.Body{}, false, err
	}
	before, known := all[client.ID]
	if known && client.Secret.Empty() {
		if old, err := wire.ParseBody(before); err == nil {
			client.Secret = old.Secret
		}
	}
	if !known && len(all) >= mostClients {
		return wire.Body{}, false, &Problem{507, "insufficient_storage", fmt.Sprintf("there are %d clients already", len(all))} // RFC 4918 section 11.5
	}
	if all[client.ID], err = client.JSON(); err != nil {
		return wire.Body{}, false, err
	}
	return client, !known, f.write(all)
}

// Delete serves Store.
func (f *File) Delete(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if err != nil {
		return err
	}
	if _, ok := all[id]; !ok {
		return ErrNotFound
	}
	delete(all, id)
	return f.write(all)
}

func (f *File) read() (map[string]json.RawMessage, error) {
	all := map[string]json.RawMessage{}
	text, err := readPrivate(f.path, largestFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return all, nil
	case err != nil:
		return nil, err
	case json.Unmarshal(text, &all) != nil || all == nil:
		return nil, fmt.Errorf("%s: expected a JSON object with a client for each id; it stays as it is", f.path)
	}
	return all, nil
}

// write puts a new file in the place of the old, so that a crash leaves one of both.
func (f *File) write(all map[string]json.RawMessage) error {
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return private.Write(f.path, append(text, '\n'))
}
