package kept

import (
	"bufio"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"

	"github.com/fedstone/fedstone/internal/private"
)

// Store is a folder of runs: fedstone/renders below $XDG_CACHE_HOME, or wherever
// this system keeps caches. It is lost without harm.
type Store struct{ dir string }

// Open gives the user's store. It makes nothing.
func Open() (Store, error) {
	dir, err := os.UserCacheDir()
	return Store{filepath.Join(dir, "fedstone", "renders")}, err
}

// Load gives the run of that name where everything it was made from is as it was
// then. It is false where that is not sure.
func (s Store) Load(name string) (*Run, bool) {
	run, err := read(s.path(name))
	if err != nil {
		return nil, false
	}
	program, err := Program()
	return run, err == nil && program == run.Program && hold(run.Sources, run.Salt)
}

// Save keeps a run in the place of what was kept under that name. It is not synced:
// what a crash leaves of it is not believed.
func (s Store) Save(name string, run *Run) error {
	var err error
	if run.Program, err = Program(); err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(s.dir, ".new-") // mode 0600
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	err = errors.Join(gob.NewEncoder(w).Encode(run), w.Flush(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), s.path(name))
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// path is that of a name of any length and characters.
func (s Store) path(name string) string {
	sum := sha256.Sum256([]byte(name))
	return filepath.Join(s.dir, hex.EncodeToString(sum[:]))
}

// read believes a file of the caller's own, that nobody else may read or write.
func read(path string) (*Run, error) {
	file, err := private.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	run := &Run{}
	return run, gob.NewDecoder(bufio.NewReader(file)).Decode(run)
}
