package oidc

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/fedstone/fedstone/internal/secret"
)

// TokenFile reads a token that was put into a file: a regular one that others
// cannot read, at most 32 KB. Space around the token is dropped.
func TokenFile(path string) (secret.Value, error) {
	raw, err := secretFile{noun: "token", want: "a file that holds one token", limit: maxToken}.read(path)
	if err != nil {
		return secret.Value{}, err
	}
	return oneToken(path, strings.TrimSpace(string(raw)))
}

func oneToken(path, text string) (secret.Value, error) {
	unfit := func(r rune) bool { return r <= ' ' || r > '~' }
	if text == "" || strings.ContainsFunc(text, unfit) {
		return secret.Value{}, &Error{Kind: BadFile, At: path, Got: "does not hold exactly one token", Want: "the token and nothing else"}
	}
	return secret.New(text), nil
}

// secretFile is what a file with a secret has to be: a regular one of at most
// limit bytes that not every user of the machine can read.
type secretFile struct {
	noun, want string
	limit      int64
}

func (f secretFile) read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%s file: %w", f.noun, err)
	}
	switch {
	case !info.Mode().IsRegular():
		return nil, &Error{Kind: BadFile, At: path, Got: "not a regular file", Want: f.want}
	case info.Mode().Perm()&0o007 != 0:
		return nil, &Error{Kind: BadFile, At: path, Got: fmt.Sprintf("its mode is %#o: every user of this machine can read the %s", info.Mode().Perm(), f.noun), Want: "0600", Mend: "chmod 600 " + path}
	case info.Size() > f.limit:
		return nil, &Error{Kind: TooLarge, At: path, Got: fmt.Sprintf("%d bytes", info.Size()), Want: fmt.Sprintf("a %s of at most %d", f.noun, f.limit)}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s file: %w", f.noun, err)
	}
	return raw, nil
}

// ReadToken reads a token from a stream that name stands for in messages, at
// most 32 KB. Space around the token is dropped.
func ReadToken(name string, from io.Reader) (secret.Value, error) {
	raw, err := io.ReadAll(io.LimitReader(from, maxToken+1))
	if err != nil {
		return secret.Value{}, fmt.Errorf("%s: %w", name, err)
	}
	if len(raw) > maxToken {
		return secret.Value{}, &Error{Kind: TooLarge, At: name, Got: "more bytes than a token has", Want: fmt.Sprintf("a token of at most %d", maxToken)}
	}
	return oneToken(name, strings.TrimSpace(string(raw)))
}
