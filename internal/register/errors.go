package register

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// What a Registrar answers where that is no failure of the way to it.
var (
	// ErrNotFound: the provider has no client of that id (404).
	ErrNotFound = errors.New("the provider has no such client")
	// ErrExists: a client of that id is there already (409, or what means it).
	ErrExists = errors.New("the provider has a client of that id already")
)

// Refused is a provider's no. Status is HTTP's, Code and Text the provider's own
// words (RFC 7591 section 3.2.2), as they came; Mend says what to change, or is "".
type Refused struct {
	At     string // the address, without query
	Status int
	Code   string
	Text   string
	Mend   string
}

// Error gives one line: place, status, the provider's words, how to mend it.
func (e *Refused) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: refused with %d", e.At, e.Status)
	for _, word := range []string{e.Code, e.Text} {
		if word != "" {
			fmt.Fprintf(&b, ": %.300s", word)
		}
	}
	if e.Mend != "" {
		fmt.Fprintf(&b, " (%s)", e.Mend)
	}
	return finding.Printable(b.String())
}

// Gone is 401 to a registration's own token: the client is not there any more (RFC
// 7592 section 2.1), or the token is not the last one that was given for it.
type Gone struct{ Refused *Refused }

// Error says both.
func (e *Gone) Error() string {
	return e.Refused.Error() + ": the client was deleted there, or its registration token is not the last one"
}

// Unwrap gives the refusal.
func (e *Gone) Unwrap() error { return e.Refused }
