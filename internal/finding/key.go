package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
)

// key tells findings apart where lines may have moved: by rule, file and message.
// The source line is left out. A digest of a line with a short secret could be
// tried out, and messages never hold one.
type key struct {
	path, slug, message string
}

// position matches what a message may say of a place: `line 12` or `:12:3`.
var (
	position = regexp.MustCompile(`\blines? \d+|:\d+:\d+\b`)
	number   = regexp.MustCompile(`\d+`)
)

func keyOf(f Finding) key {
	message := position.ReplaceAllStringFunc(Printable(f.Message), func(s string) string { return number.ReplaceAllString(s, "N") })
	return key{path: Printable(cleaned(f.At.Path)), slug: f.Slug, message: message}
}

// cleaned gives the shortest form of a path; what has no name keeps none.
func cleaned(name string) string {
	if name == "" {
		return ""
	}
	return path.Clean(name)
}

// digest gives the first 128 bits, which are enough to tell findings apart.
func (k key) digest() string {
	sum := sha256.Sum256([]byte(k.slug + "\x00" + k.path + "\x00" + k.message))
	return hex.EncodeToString(sum[:16])
}
