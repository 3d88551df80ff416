package claims

import (
	"fmt"
	"io"
	"os"

	"github.com/fedstone/fedstone/internal/finding"
)

// Stdin is the path that stands for the standard input.
const Stdin = "-"

// ReadFile reads claims from a regular file, or from stdin where path is "-". No
// more than MaxSize is ever held. The text it gives is for excerpts of findings;
// it is nil where the input is, or may be, a token. The error is a failure to
// read.
func ReadFile(path string, stdin io.Reader) (*Claims, []byte, finding.List, error) {
	src, err := read(path, stdin)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("claims: %w", err)
	}
	c, list := Read(path, src)
	return c, showable(c, list, src), list, nil
}

// read gives at most one byte more than is allowed. The kind of file is asked
// before opening: opening a FIFO would wait for its writer.
func read(path string, stdin io.Reader) ([]byte, error) {
	if path == Stdin {
		return io.ReadAll(io.LimitReader(stdin, MaxSize+1))
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file (use - for the standard input)", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxSize+1))
}
