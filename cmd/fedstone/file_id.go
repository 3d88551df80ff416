package main

import (
	"os"
	"syscall"
)

// fileID tells whether two paths lead to one file.
type fileID struct{ device, inode uint64 }

// idOf follows links. It is false where there is no file.
func idOf(path string) (fileID, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return fileID{}, false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fileID{}, false
	}
	return fileID{uint64(stat.Dev), stat.Ino}, true
}
