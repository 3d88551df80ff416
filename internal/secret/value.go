package secret

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
)

// Mask is what is shown in a secret's place.
const Mask = "REDACTED"

// Value is a secret. The zero Value is the absence of one.
type Value struct{ text string }

// New wraps a secret.
func New(text string) Value { return Value{text} }

// Reveal gives the secret itself. Call it only where the secret is used.
func (v Value) Reveal() string { return v.text }

// Empty reports whether there is no secret.
func (v Value) Empty() bool { return v.text == "" }

// String, GoString, MarshalText, LogValue and Format all give Mask.
func (v Value) String() string { return Mask }

// GoString serves %#v.
func (v Value) GoString() string { return Mask }

// MarshalText serves JSON, YAML and XML.
func (v Value) MarshalText() ([]byte, error) { return []byte(Mask), nil }

// LogValue serves log/slog.
func (v Value) LogValue() slog.Value { return slog.StringValue(Mask) }

// Format serves every verb of package fmt, also %x, which would print the bytes.
func (v Value) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Mask) }

// Hasher turns secrets into short marks that differ when the secrets differ.
// Marks can be compared within one Hasher only: its key is random, so that a
// printed mark is of no use for guessing.
type Hasher struct{ key []byte }

// NewHasher makes a Hasher with a key of its own.
func NewHasher() Hasher {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // crypto/rand.Read never fails (Go 1.24 and later)
	return Hasher{key}
}

// Mark gives eight hexadecimal digits for the secret.
func (h Hasher) Mark(text string) string {
	mac := hmac.New(sha256.New, h.key)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))[:8]
}
