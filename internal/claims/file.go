package claims

import (
	"fmt"
	"io"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
)

// Stdin is the path that stands for the standard input.
const Stdin = input.Stdin

// ReadFile reads claims from a regular file, or from stdin where path is "-". No
// more than MaxSize is ever held. The text it gives is for excerpts of findings;
// it is nil where the input is, or may be, a token. The error is a failure to
// read.
func ReadFile(path string, stdin io.Reader) (*Claims, []byte, finding.List, error) {
	src, err := input.Read(path, stdin, MaxSize)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("claims: %w", err)
	}
	c, list := Read(path, src)
	return c, showable(c, list, src), list, nil
}
