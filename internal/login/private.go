package login

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/fedstone/fedstone/internal/private"
)

// judge refuses a folder that is not the caller's own alone.
func judge(path string, info fs.FileInfo) error {
	return told(private.Judge(path, info), "0700")
}

// readPrivate reads a file that is the caller's own and nobody else's.
func readPrivate(path string) ([]byte, error) {
	file, err := private.Open(path)
	if err != nil {
		return nil, told(err, "0600")
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxRecord))
}

// told says of a part of the cache that is not the caller's own how to mend it.
func told(err error, mode string) error {
	var e *private.Error
	if !errors.As(err, &e) {
		return err
	}
	c := &CacheError{Path: e.Path, Got: e.Got}
	switch e.Kind {
	case private.Shape:
		c.Want, c.Mend = "a file of the cache's own", "delete it"
	case private.Owner:
		c.Want, c.Mend = fmt.Sprintf("your own, user %d", os.Geteuid()), "delete it, name another folder in XDG_CACHE_HOME, or use --no-cache"
	case private.Mode:
		c.Got += ": others can come at the tokens in it"
		c.Want, c.Mend = mode, "see who could have read or changed it, `fedstone token --logout`, then chmod "+mode+" "+e.Path
	}
	return c
}
