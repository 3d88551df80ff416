package login

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// private refuses what another user owns, reads or could have written.
func private(path string, info fs.FileInfo, mode string) error {
	owner, known := info.Sys().(*syscall.Stat_t)
	switch seen := info.Mode().Perm(); {
	case known && int(owner.Uid) != os.Geteuid():
		return &CacheError{Path: path, Got: fmt.Sprintf("it belongs to user %d", owner.Uid), Want: fmt.Sprintf("your own, user %d", os.Geteuid()),
			Mend: "delete it, name another folder in XDG_CACHE_HOME, or use --no-cache"}
	case seen&0o077 != 0:
		return &CacheError{Path: path, Got: fmt.Sprintf("its mode is %#o: others can come at the tokens in it", seen), Want: mode,
			Mend: "see who could have read or changed it, `fedstone token --logout`, then chmod " + mode + " " + path}
	}
	return nil
}

// readPrivate reads a file that is the caller's own and nobody else's. It does not
// follow a link, and judges the file that it reads.
func readPrivate(path string) ([]byte, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if errors.Is(err, unix.ELOOP) {
		return nil, &CacheError{Path: path, Got: "a link", Want: "a file of the cache's own", Mend: "delete it"}
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &CacheError{Path: path, Got: "not a regular file", Want: "a file of the cache's own", Mend: "delete it"}
	}
	if err := private(path, info, "0600"); err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(file, maxRecord))
}
