package kept

import (
	"bytes"
	"debug/elf"
	"errors"
	"os"
)

// Program gives what tells this build from every other: the id that the linker
// wrote into it, which is a digest of all that went in (cmd/internal/buildid).
func Program() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := elf.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	note := f.Section(".note.go.buildid")
	if note == nil {
		return "", errors.New("this program has no build id")
	}
	// An ELF note: three words, the name "Go" padded to four bytes, the id.
	const head = 16
	text, err := note.Data()
	if err != nil || len(bytes.TrimRight(text, "\x00")) <= head {
		return "", errors.Join(errors.New("this program has no build id"), err)
	}
	return string(bytes.TrimRight(text[head:], "\x00")), nil
}
