package oidc

import (
	"crypto/x509"
	"encoding/pem"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// parseJWK reads a private key as RFC 7517 section 4 has it. go-jose's own
// errors may quote the key and are dropped.
func parseJWK(raw []byte) (*SigningKey, error) {
	members, err := ParseObject(raw)
	if err != nil {
		return nil, badKey("", "JSON that is not one object with unique names")
	}
	kind, use, err := keyHead(members)
	switch {
	case err != nil || kind == "":
		return nil, badKey("", "a JSON object that is not a JWK: it has no kty")
	case kind == "oct":
		return nil, badKey("", "a symmetric key (kty oct)")
	case members["d"] == nil:
		return nil, badKey("", "a public key: the JWK has no d")
	case use == "enc":
		return nil, badKey("", "a key for encryption (use enc)")
	}
	key := &SigningKey{}
	if err := key.jwk.UnmarshalJSON(raw); err != nil || !key.jwk.Valid() {
		return nil, badKey("", "a JWK that is broken")
	}
	return key, nil
}

// parsePEM takes the one private key among the blocks of a PEM file.
// Certificates and curve parameters, which openssl writes beside it, are passed
// over.
func parsePEM(raw []byte) (*SigningKey, error) {
	var found *SigningKey
	for block, rest := pem.Decode(raw); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" || block.Type == "EC PARAMETERS" {
			continue
		}
		key, err := parseBlock(block)
		switch {
		case err != nil:
			return nil, err
		case found != nil:
			return nil, badKey("", "more than one private key")
		}
		found = key
	}
	if found == nil {
		return nil, badKey("", "no private key in it")
	}
	return found, nil
}

func parseBlock(block *pem.Block) (*SigningKey, error) {
	if block.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
		e := badKey("", "a private key that is encrypted by a passphrase")
		e.Mend = "openssl pkey -in OLD.pem -out NEW.pem && chmod 600 NEW.pem"
		return nil, e
	}
	parse := map[string]func([]byte) (any, error){
		"PRIVATE KEY":     func(der []byte) (any, error) { return x509.ParsePKCS8PrivateKey(der) },
		"RSA PRIVATE KEY": func(der []byte) (any, error) { return x509.ParsePKCS1PrivateKey(der) },
		"EC PRIVATE KEY":  func(der []byte) (any, error) { return x509.ParseECPrivateKey(der) },
	}[block.Type]
	if parse == nil {
		return nil, badKey("", "a PEM block of type "+Excerpt(block.Type, 40))
	}
	key, err := parse(block.Bytes)
	if err != nil {
		return nil, badKey("", "a private key that is broken")
	}
	return &SigningKey{jwk: jose.JSONWebKey{Key: key}}, nil
}
