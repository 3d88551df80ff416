package adapter

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"os"
	"strings"

	"github.com/fedstone/fedstone/internal/input"
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
	text, err := private(path, largestAccounts)
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

// private reads a file that holds secrets: a regular one that is nobody else's.
func private(path string, limit int64) ([]byte, error) {
	text, err := input.File(path, limit)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%s: its mode is %#o, and it holds secrets; expected 0600 (chmod 600)", path, info.Mode().Perm())
	case int64(len(text)) > limit:
		return nil, fmt.Errorf("%s is longer than %d bytes", path, limit)
	}
	return text, nil
}
