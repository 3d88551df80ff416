package login

import (
	"context"
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// How often a lock that somebody holds is tried, and when that is told.
const (
	tryEvery  = 50 * time.Millisecond
	tellAfter = time.Second
)

// lockFile takes the lock of a file, which is made where it is not there and
// stays. The kernel gives the lock up when its process ends, however that does.
func lockFile(ctx context.Context, path string, waiting func()) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, ofCache(err)
	}
	began := time.Now()
	for told := false; ; {
		err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil {
			return func() { _ = file.Close() }, nil
		}
		if !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR) {
			_ = file.Close()
			return nil, ofCache(&os.PathError{Op: "flock", Path: path, Err: err})
		}
		if !told && time.Since(began) > tellAfter {
			told = true
			waiting()
		}
		select {
		case <-ctx.Done():
			_ = file.Close()
			return nil, interrupted(path, ctx.Err())
		case <-time.After(tryEvery):
		}
	}
}
