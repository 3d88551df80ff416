package oidc

import "crypto"

// PublicKey gives the key with that id, or nil where the set has none, or several.
// The id "" stands for the only key of a set that has one.
func (k *Keys) PublicKey(id string) crypto.PublicKey {
	var found crypto.PublicKey
	for _, key := range k.keys {
		if id != "" && key.KeyID != id {
			continue
		}
		if found != nil {
			return nil
		}
		found = key.Key
	}
	return found
}
