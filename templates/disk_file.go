package templates

import (
	"errors"
	"io"
	"io/fs"

	"golang.org/x/sys/unix"
)

// rawFile is a regular file by its descriptor. An os.File tries first whether it can be
// waited for, which no regular file can: five calls of the kernel for each of the
// thousands that are read and written here.
type rawFile struct {
	fd   int
	name string
}

// openRaw opens a name in a folder, and follows no link there.
func openRaw(folder int, name string, flags int, mode uint32) (rawFile, error) {
	f := rawFile{-1, name}
	err := again(func() (err error) {
		f.fd, err = unix.Openat(folder, name, flags|unix.O_NOFOLLOW|unix.O_CLOEXEC, mode)
		return err
	})
	return f, f.failed("open", err)
}

// Read is an io.Reader's.
func (f rawFile) Read(p []byte) (n int, err error) {
	err = again(func() (err error) { n, err = unix.Read(f.fd, p); return err })
	if err == nil && n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return max(n, 0), f.failed("read", err)
}

// Write is an io.Writer's.
func (f rawFile) Write(p []byte) (int, error) {
	for done := 0; done < len(p); {
		n := 0
		err := again(func() (err error) { n, err = unix.Write(f.fd, p[done:]); return err })
		if err != nil {
			return done, f.failed("write", err)
		}
		done += n
	}
	return len(p), nil
}

func (f rawFile) Chmod(mode fs.FileMode) error {
	return f.failed("chmod", again(func() error { return unix.Fchmod(f.fd, uint32(mode.Perm())) }))
}

func (f rawFile) Chown(uid, gid int) error {
	return f.failed("chown", again(func() error { return unix.Fchown(f.fd, uid, gid) }))
}

func (f rawFile) Sync() error {
	return f.failed("sync", again(func() error { return unix.Fsync(f.fd) }))
}

// Close is not tried again: the descriptor is gone whatever close(2) says.
func (f rawFile) Close() error { return f.failed("close", unix.Close(f.fd)) }

func (f rawFile) failed(op string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: f.name, Err: err}
}

// again repeats a call that a signal broke off.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
