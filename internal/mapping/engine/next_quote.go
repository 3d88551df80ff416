package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// quote is urllib.parse.quote: UTF-8, with "/" left as it is.
func quote(s string) string {
	const hexadecimal = "0123456789ABCDEF"
	var out strings.Builder
	for i := range len(s) {
		c := s[i]
		if unreserved(c) {
			out.WriteByte(c)
			continue
		}
		out.Write([]byte{'%', hexadecimal[c>>4], hexadecimal[c&15]})
	}
	return out.String()
}

func unreserved(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		return true
	}
	return strings.IndexByte("_.-~/", c) >= 0
}

// PublicID is the id that Keystone gives an ephemeral user: the SHA-256 of its parts in the order of their keys
// domain_id, entity_type, local_id (keystone/identity/id_generators/sha256.py).
func PublicID(domainID, uniqueID string) string {
	sum := sha256.Sum256([]byte(domainID + "user" + uniqueID))
	return hex.EncodeToString(sum[:])
}
