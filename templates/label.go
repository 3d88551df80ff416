package templates

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// labels are the extended attributes that a file keeps when it is replaced: its
// SELinux label, its access control list, and what somebody gave it himself.
func isLabel(name string) bool {
	return name == "security.selinux" || name == aclLabel || strings.HasPrefix(name, "user.")
}

const aclLabel = "system.posix_acl_access"

// Labels reads those of a file. Where the file system has none, there are none.
func (d *rootDisk) Labels(p string) (map[string]string, error) {
	f, _, err := d.regular(p)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	names, err := attributes(func(b []byte) (int, error) { return unix.Flistxattr(f.fd, b) })
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for name := range strings.SplitSeq(strings.TrimRight(string(names), "\x00"), "\x00") {
		if !isLabel(name) {
			continue
		}
		value, err := attributes(func(b []byte) (int, error) { return unix.Fgetxattr(f.fd, name, b) })
		if err != nil {
			return nil, err
		}
		out[name] = string(value)
	}
	return out, nil
}

// attributes reads what has no known length. 64 KiB is the kernel's limit
// (linux/limits.h, XATTR_SIZE_MAX and XATTR_LIST_MAX).
func attributes(read func([]byte) (int, error)) ([]byte, error) {
	b := make([]byte, 512)
	n, err := read(b)
	if errors.Is(err, unix.ERANGE) {
		b = make([]byte, 64<<10)
		n, err = read(b)
	}
	if errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.ENODATA) {
		return nil, nil
	}
	return bytes.Clone(b[:max(n, 0)]), err
}

// Label gives the file an attribute, if it has not got it from its folder.
func (f rawFile) Label(name, value string) error {
	got, err := attributes(func(b []byte) (int, error) { return unix.Fgetxattr(f.fd, name, b) })
	if err == nil && slices.Equal(got, []byte(value)) {
		return nil
	}
	return unix.Fsetxattr(f.fd, name, []byte(value), 0)
}
