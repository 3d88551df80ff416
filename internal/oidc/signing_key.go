package oidc

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/internal/secret"
)

// maxKeyFile bounds a private key's file in bytes; an RSA key of 8192 bits takes 6.4 KB.
const maxKeyFile = 32 << 10

// SigningKey is the private key by which a client authenticates itself
// (private_key_jwt: RFC 7523 section 2.2, OpenID Connect Core section 9). It is
// made by LoadSigningKey alone, and prints as REDACTED.
type SigningKey struct {
	jwk  jose.JSONWebKey
	path string
}

// LoadSigningKey reads a private key: PEM (PKCS#8, PKCS#1 or SEC 1, not
// encrypted) or a JWK (RFC 7517), RSA from 2048 bits, EC on P-256, P-384 or
// P-521, or Ed25519, in a regular file that others cannot read. A JWK's kid
// names the key at the provider; without one it is the RFC 7638 thumbprint.
// Errors are *Error values of kind BadFile, TooLarge and Malformed, and what
// opening a file gives.
func LoadSigningKey(path string) (*SigningKey, error) {
	raw, err := secretFile{noun: "private key", want: "a PEM file or a JWK with one private key", limit: maxKeyFile}.read(path)
	if err != nil {
		return nil, err
	}
	key, err := parsePrivateKey(raw)
	if err != nil {
		return nil, placed(path, err)
	}
	return key.named(path)
}

func parsePrivateKey(raw []byte) (*SigningKey, error) {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return parseJWK(raw)
	}
	return parsePEM(raw)
}

// named checks the key and gives it an id.
func (k *SigningKey) named(path string) (*SigningKey, error) {
	k.path = path
	public := k.jwk.Public()
	if err := checkKey("the private key", public.Key); err != nil {
		return nil, placed(path, err)
	}
	if len(k.algorithms()) == 0 {
		return nil, badKey(path, "a key that no signature algorithm fits")
	}
	if k.jwk.KeyID != "" {
		return k, nil
	}
	sum, err := public.Thumbprint(crypto.SHA256)
	if err != nil {
		return nil, badKey(path, "a key without a thumbprint")
	}
	k.jwk.KeyID = base64.RawURLEncoding.EncodeToString(sum)
	return k, nil
}

func badKey(path, got string) *Error {
	return &Error{Kind: BadFile, At: path, Got: got, Want: "one private key: RSA from 2048 bits, EC on P-256, P-384 or P-521, or Ed25519, as PEM or JWK",
		Mend: "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out KEY.pem, and register its public half at the provider"}
}

// ID is the kid of the key's assertions.
func (k *SigningKey) ID() string { return k.jwk.KeyID }

// String, GoString, MarshalText, LogValue and Format all give secret.Mask.
func (k *SigningKey) String() string { return secret.Mask }

// GoString serves %#v.
func (k *SigningKey) GoString() string { return secret.Mask }

// MarshalText serves JSON, YAML and XML.
func (k *SigningKey) MarshalText() ([]byte, error) { return []byte(secret.Mask), nil }

// LogValue serves log/slog.
func (k *SigningKey) LogValue() slog.Value { return slog.StringValue(secret.Mask) }

// Format serves every verb of package fmt.
func (k *SigningKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, secret.Mask) }
