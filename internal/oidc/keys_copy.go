package oidc

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Text writes the keys as a key set (RFC 7517), the same keys always in the same
// way: sorted by id, without certificates, on one line. It is for programs that are
// given the keys once, as a text, and do not ask for them again.
func (k *Keys) Text() string {
	set := jose.JSONWebKeySet{}
	for _, key := range k.sorted() {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: key.Key, KeyID: key.KeyID, Algorithm: key.Algorithm, Use: "sig"})
	}
	text, err := json.Marshal(set)
	if err != nil {
		return "" // parsed keys always encode
	}
	return string(text)
}

func (k *Keys) sorted() []jose.JSONWebKey {
	return slices.SortedFunc(slices.Values(k.keys), func(a, b jose.JSONWebKey) int {
		return strings.Compare(a.KeyID+" "+thumbprint(a), b.KeyID+" "+thumbprint(b))
	})
}

// thumbprint names the key itself (RFC 7638), whatever it is called.
func thumbprint(key jose.JSONWebKey) string {
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		return "" // checked when it was parsed
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

// Drift is how a copy of a key set differs from what the issuer publishes now. The
// zero Drift is none.
type Drift struct {
	Missing []MissingKey // published, and not in the copy: tokens signed with them fail
	Stale   []string     // ids of keys in the copy that are not published any more
}

// MissingKey is a published key that a copy lacks.
type MissingKey struct {
	ID    string
	Since time.Time // from which its certificate holds, where it is published with one; else zero
	Other bool      // the copy has another key of this id
}

// DriftOf compares a copy with the published keys.
func DriftOf(copied, live *Keys) Drift {
	var d Drift
	for _, key := range live.sorted() {
		if !copied.has(key) {
			d.Missing = append(d.Missing, MissingKey{ID: key.KeyID, Since: certified(key), Other: slices.Contains(copied.IDs(), key.KeyID)})
		}
	}
	for _, key := range copied.sorted() {
		if !live.has(key) && !slices.Contains(live.IDs(), key.KeyID) {
			d.Stale = append(d.Stale, key.KeyID)
		}
	}
	return d
}

func (k *Keys) has(wanted jose.JSONWebKey) bool {
	return slices.ContainsFunc(k.keys, func(key jose.JSONWebKey) bool {
		return key.KeyID == wanted.KeyID && thumbprint(key) == thumbprint(wanted)
	})
}

func certified(key jose.JSONWebKey) time.Time {
	if len(key.Certificates) == 0 {
		return time.Time{}
	}
	return key.Certificates[0].NotBefore
}
