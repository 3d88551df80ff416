package login

import (
	"errors"
	"fmt"
)

// CacheError is a cache that cannot be used. Err is what the file system says;
// without it somebody else may have come at the cache: nothing there is used, and
// a person has to look at it.
type CacheError struct {
	Path, Got, Want, Mend string
	Err                   error
}

// Error gives one line: place, what was seen, what was expected, how to mend it.
func (e *CacheError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("the cache of tokens: %v (--no-cache does without)", e.Err)
	}
	return fmt.Sprintf("%s: %s; expected %s (%s)", e.Path, e.Got, e.Want, e.Mend)
}

// Unwrap gives the error below, if any.
func (e *CacheError) Unwrap() error { return e.Err }

// Unsafe reports whether an error says that somebody else may have come at the cache.
func Unsafe(err error) bool {
	var e *CacheError
	return errors.As(err, &e) && e.Err == nil
}

// ofCache makes an error of the file system one of the cache.
func ofCache(err error) error {
	var e *CacheError
	if err == nil || errors.As(err, &e) {
		return err
	}
	return &CacheError{Err: err}
}
