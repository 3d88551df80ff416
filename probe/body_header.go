package probe

import (
	"fmt"
	"mime"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// longToken is near the 8190 bytes that httpd takes for a header.
const longToken = 8000

// tokenFaults judges X-Subject-Token: one header, one word, short enough to be
// sent back in X-Auth-Token.
func tokenFaults(a keystone.Answer) []wrong {
	values := a.Header.Values("X-Subject-Token")
	if len(values) != 1 {
		return []wrong{odd(symptom.OddToken, "the answer", fmt.Sprintf("one with %d X-Subject-Token headers", len(values)), "one")}
	}
	token := values[0]
	strange := func(r rune) bool { return r <= ' ' || r > '~' || r == ',' }
	switch {
	case token == "" || strings.ContainsFunc(token, strange):
		return []wrong{odd(symptom.OddToken, "X-Subject-Token", fmt.Sprintf("%d bytes with spaces, commas or none at all", len(token)), "one word")}
	case len(token) > longToken:
		return []wrong{odd(symptom.OddToken, "X-Subject-Token", fmt.Sprintf("%d bytes long", len(token)), fmt.Sprintf("at most %d, since servers refuse longer headers", longToken))}
	}
	return nil
}

// headerNotes tell of headers that Keystone writes and that did not arrive so.
func headerNotes(a keystone.Answer) []string {
	var notes []string
	if kind, _, err := mime.ParseMediaType(a.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		notes = append(notes, fmt.Sprintf("Content-Type is %q, where Keystone writes application/json: something changes headers on the way", a.Header.Get("Content-Type")))
	}
	vary := strings.Split(strings.ToLower(strings.Join(a.Header.Values("Vary"), ",")), ",")
	if !slices.ContainsFunc(vary, func(v string) bool { v = strings.TrimSpace(v); return v == "x-auth-token" || v == "*" }) {
		notes = append(notes, "there is no `Vary: X-Auth-Token`, which Keystone writes: a cache on the way may give one user's answer to another")
	}
	return notes
}

// errorNotes tell of an error's body that looks like Keystone's and is not whole.
func errorNotes(a keystone.Answer) []string {
	faults := a.ErrorFaults()
	if len(faults) == 0 {
		return nil
	}
	return []string{"the error is not as Keystone writes it, so something on the way changes answers: " + strings.Join(faults, ", ")}
}
