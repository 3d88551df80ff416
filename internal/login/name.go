package login

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// Name is the name under which the login of a place is kept: a hash of what tells
// one login from another, never of a secret.
func Name(at Place) string {
	p := at.IDP.Probe
	scopes := values(p.Scopes)
	slices.Sort(scopes)
	return "issuer-" + Hash(at.IDP.Issuer.Value, p.Client.ID.Value, p.Grant.Value, p.Username.Value, p.RefreshToken.File.Value, p.RefreshToken.Env.Value, scopes)
}

// Hash gives the part of a name that tells things of the cache apart.
func Hash(parts ...any) string {
	text, _ := json.Marshal(parts) // texts and lists of texts always have a JSON form
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
