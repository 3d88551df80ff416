package adapter

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/fedstone/fedstone/internal/private"
	"github.com/fedstone/fedstone/internal/secret"
)

// Accounts are who may change clients: ids and their secrets. They may do all that
// the API has.
type Accounts map[string]secret.Value

// largestAccounts bounds a file of accounts, in bytes.
const largestAccounts = 64 << 10

// ReadAccounts reads a file of mode 0600 with lines ID:SECRET. Empty lines and those
// that begin with # are passed over. No error holds a line.
func ReadAccounts(path string) (Accounts, error) {
	text, err := readPrivate(path, largestAccounts)
	if err != nil {
		return nil, err
	}
	out := Accounts{}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		one := strings.TrimSpace(line)
		if one == "" || strings.HasPrefix(one, "#") {
			continue
		}
		id, given, _ := strings.Cut(one, ":")
		if id == "" || given == "" {
			return nil, fmt.Errorf("%s:%d:1: expected ID:SECRET", path, number)
		}
		out[id] = secret.New(given)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s names nobody, expected lines ID:SECRET", path)
	}
	return out, nil
}

// right compares in the same time whether the id is known or not.
func (a Accounts) right(id, given string) bool {
	known, ok := a[id]
	one, other := sha256.Sum256([]byte(known.Reveal())), sha256.Sum256([]byte(given))
	return subtle.ConstantTimeCompare(one[:], other[:]) == 1 && ok && !known.Empty()
}

// readPrivate reads a file that holds secrets: a regular one that is nobody else's.
func readPrivate(path string, limit int64) ([]byte, error) {
	file, err := private.Open(path)
	var open *private.Error
	if errors.As(err, &open) {
		return nil, fmt.Errorf("%w; it holds secrets, expected a regular file of yours with mode 0600 (chmod 600)", open)
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, limit+1))
	if int64(len(text)) > limit {
		return nil, fmt.Errorf("%s is longer than %d bytes", path, limit)
	}
	return text, err
}
