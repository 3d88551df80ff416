package fleet

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

// marker makes marks of values by which they are compared and that tell nothing of
// them: a keyed hash, whose key nobody keeps.
type marker struct{ key []byte }

func newMarker() marker {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // it never fails (crypto/rand)
	return marker{key}
}

func (m marker) of(values ...string) string {
	h := hmac.New(sha256.New, m.key)
	for _, v := range values {
		fmt.Fprintf(h, "%d:%s,", len(v), v)
	}
	return string(h.Sum(nil))
}
