package login

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"

	"github.com/fedstone/fedstone/internal/oidc"
)

// maxRecord bounds a file of the cache, in bytes: three tokens of 32 KB.
const maxRecord = 128 << 10

// Cache is a folder of tokens. Its files are records in JSON that other
// processes of the same user read and replace.
type Cache struct{ dir string }

// OpenCache makes the folder, with mode 0700, or takes it where it is the
// caller's own and nobody else's. Errors are *CacheError values.
func OpenCache(dir string) (*Cache, error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, ofCache(err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, ofCache(err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return nil, ofCache(err)
	}
	if !info.IsDir() {
		return nil, &CacheError{Path: dir, Got: "not a folder", Want: "a folder of your own for tokens", Mend: "delete it, or name another folder in XDG_CACHE_HOME"}
	}
	return &Cache{dir}, judge(dir, info)
}

// Read fills into with what is kept under a name. It is false where nothing is,
// and where what lies there cannot be read as JSON: then note says so. What
// somebody else may have written is an error.
func (c *Cache) Read(name string, into any) (found bool, note string, err error) {
	path := c.path(name)
	raw, err := readPrivate(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, "", nil
	case err != nil:
		return false, "", ofCache(err)
	case json.Unmarshal(raw, into) != nil:
		return false, path + " is damaged; it is not used, and will be replaced", nil
	}
	return true, "", nil
}

// Write keeps a value under a name, in a new file in the old one's place. It does
// not follow a link that lies there.
func (c *Cache) Write(name string, value any) error { return ofCache(c.write(name, value)) }

func (c *Cache) write(name string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	file, err := renameio.NewPendingFile(c.path(name), renameio.WithTempDir(c.dir), renameio.WithStaticPermissions(0o600))
	if err != nil {
		return err
	}
	defer func() { _ = file.Cleanup() }()
	if _, err := file.Write(append(raw, '\n')); err != nil {
		return err
	}
	return file.CloseAtomicallyReplace()
}

// Drop deletes what is kept under a name; nothing there is no error.
func (c *Cache) Drop(name string) error {
	err := os.Remove(c.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Names gives the names that begin with a prefix, in order.
func (c *Cache) Names(prefix string) ([]string, error) {
	entries, err := os.ReadDir(c.dir)
	var out []string
	for _, e := range entries {
		if name, ours := strings.CutSuffix(e.Name(), suffix); ours && strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	return out, err
}

const suffix = ".json"

func (c *Cache) path(name string) string { return filepath.Join(c.dir, name+suffix) }

func (c *Cache) load(name string) (record, string, error) {
	var r record
	found, note, err := c.Read(name, &r)
	if !found {
		r = record{}
	}
	return r, note, err
}

func (c *Cache) save(name string, h held) error { return c.Write(name, h.record) }

// Lock keeps other processes from bringing what is kept under a name, until unlock
// is called. waiting is called once if that takes a while.
func (c *Cache) Lock(ctx context.Context, name string, waiting func()) (unlock func(), err error) {
	return lockFile(ctx, filepath.Join(c.dir, name+".lock"), waiting)
}

// interrupted is the error of a wait that ctx ended.
func interrupted(at string, err error) error {
	kind, got := oidc.Canceled, "interrupted"
	if errors.Is(err, context.DeadlineExceeded) {
		kind, got = oidc.Timeout, "another login did not end in time"
	}
	return &oidc.Error{Kind: kind, At: at, Got: got, Err: err}
}

// DefaultDir is the folder of this user's cache: fedstone/tokens below
// $XDG_CACHE_HOME, or wherever this system keeps caches.
func DefaultDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for a cache: %w", cmp.Or(errors.Unwrap(err), err))
	}
	return filepath.Join(dir, "fedstone", "tokens"), nil
}
