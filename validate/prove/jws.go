package prove

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// seal makes the compact form (RFC 7515 section 7.1).
func seal(header Header, claims Claims, key crypto.Signer, secret string) (string, error) {
	h, err := json.Marshal(header)
	if err != nil {
		return "", err
	}
	c, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	input := base64.RawURLEncoding.EncodeToString(h) + "." + base64.RawURLEncoding.EncodeToString(c)
	signature, err := signature(input, header["alg"], key, secret)
	return input + "." + base64.RawURLEncoding.EncodeToString(signature), err
}

// signature is that of RFC 7518 section 3; none has no bytes.
func signature(input string, alg any, key crypto.Signer, secret string) ([]byte, error) {
	digest := sha256.Sum256([]byte(input))
	switch alg {
	case "none":
		return nil, nil
	case "HS256":
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(input))
		return mac.Sum(nil), nil
	case "RS256":
		return key.Sign(rand.Reader, digest[:], crypto.SHA256)
	case "ES256":
		return signES256(key.(*ecdsa.PrivateKey), digest[:])
	}
	return nil, fmt.Errorf("no such algorithm here: %v", alg)
}

// signES256 gives r and s side by side (RFC 7518 section 3.4).
func signES256(key *ecdsa.PrivateKey, digest []byte) ([]byte, error) {
	r, s, err := ecdsa.Sign(rand.Reader, key, digest)
	if err != nil {
		return nil, err
	}
	both := make([]byte, 64)
	r.FillBytes(both[:32])
	s.FillBytes(both[32:])
	return both, nil
}
