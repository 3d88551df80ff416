package kept

import (
	"crypto/rand"
	"crypto/sha256"
	"io/fs"
	"slices"
	"strings"
)

// Run is what is remembered of one run.
type Run struct {
	Program string // the build that it was, see Program
	Salt    Salt
	Sources []Source
	Trees   []Tree
	Said    []byte // what --check says of the trees, as JSON
}

// Tree is a folder that a run wrote, and everything in it that counts.
type Tree struct {
	Dir    string   // absolute
	Absent []string // what must not be there, relative to Dir
	Files  []File
	// Folders are those in which nothing else may lie.
	Folders []Folder
	Closed  []Closed
}

// Closed is a folder of a tree that others may not come into.
type Closed struct {
	Path string      // relative to the tree
	Mode fs.FileMode // the widest that is as it should be
}

// Folder is a folder of a tree.
type Folder struct {
	Path  string // relative to the tree
	Names Digest // of the sorted names in it, each with a NUL behind it
}

// Names gives the digest of a folder's names, which it sorts.
func (s Salt) Names(names []string) Digest {
	slices.Sort(names)
	return s.Digest([]byte(strings.Join(names, "\x00") + "\x00"))
}

// File is a file of a tree.
type File struct {
	Path   string      // relative to the tree
	Mode   fs.FileMode // the widest that is as it should be
	Digest Digest
}

// Salt keeps the digests of one run from being compared with those of anything else.
type Salt []byte

// Digest is a salted SHA-256.
type Digest []byte

// NewSalt gives a salt that nobody can guess.
func NewSalt() Salt {
	s := make(Salt, 16)
	_, _ = rand.Read(s) // never fails
	return s
}

// Digest gives that of a content.
func (s Salt) Digest(content []byte) Digest {
	h := sha256.New()
	_, _ = h.Write(s) // never fails
	_, _ = h.Write(content)
	return h.Sum(nil)
}
