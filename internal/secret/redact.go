package secret

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// tokenShaped matches a JWT (three base64url parts, the first two of them JSON
// objects, which always begin with "eyJ") and a Fernet token (version byte 0x80,
// which always begins with "gAAAA").
var tokenShaped = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?|gAAAA[A-Za-z0-9_=-]{20,}`)

// shortest is the length below which a known secret is not masked inside a text:
// masking every "a" would make the text unreadable without protecting anything.
const shortest = 4

// Redactor masks known secrets and token-shaped texts. The zero Redactor masks
// token-shaped texts only. It may be used by several goroutines at once.
type Redactor struct {
	mu    sync.RWMutex
	known []string
}

// Add makes secrets known. Empty and very short ones are passed over.
func (r *Redactor) Add(values ...Value) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, v := range values {
		if len(v.text) >= shortest && !slices.Contains(r.known, v.text) {
			r.known = append(r.known, v.text)
		}
	}
	// Longest first, so that a secret that contains another is masked whole.
	slices.SortFunc(r.known, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
}

// Redact gives the text with every known secret and every token masked.
func (r *Redactor) Redact(text string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, s := range r.known {
		text = strings.ReplaceAll(text, s, Mask)
	}
	if !strings.Contains(text, "eyJ") && !strings.Contains(text, "gAAAA") {
		return text // no token begins in it
	}
	return tokenShaped.ReplaceAllString(text, Mask)
}
