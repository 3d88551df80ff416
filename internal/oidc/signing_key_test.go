package oidc_test

import (
	"crypto"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

func TestSigningKeys(t *testing.T) {
	wide := optest.NewKeys(t).RSA
	small, p384 := curveKey(t, elliptic.P256()), curveKey(t, elliptic.P384())
	_, edwards, _ := ed25519.GenerateKey(rand.Reader)
	parameters := string(pem.EncodeToMemory(&pem.Block{Type: "EC PARAMETERS", Bytes: []byte{6, 0}}))
	cases := map[string]struct {
		text, alg, id string
		public        any
	}{
		"RSA, PKCS#8":     {text: pemOf(t, "PRIVATE KEY", wide), alg: "RS256", public: wide.Public()},
		"RSA, PKCS#1":     {text: pemOf(t, "RSA PRIVATE KEY", wide), alg: "RS256", public: wide.Public()},
		"EC, SEC 1":       {text: parameters + pemOf(t, "EC PRIVATE KEY", small), alg: "ES256", public: small.Public()},
		"EC, PKCS#8":      {text: pemOf(t, "PRIVATE KEY", p384), alg: "ES384", public: p384.Public()},
		"Ed25519":         {text: pemOf(t, "PRIVATE KEY", edwards), alg: "EdDSA", public: edwards.Public()},
		"JWK":             {text: jwkOf(t, jose.JSONWebKey{Key: small, KeyID: "mine"}), alg: "ES256", id: "mine", public: small.Public()},
		"JWK with an alg": {text: jwkOf(t, jose.JSONWebKey{Key: wide, Algorithm: "PS256"}), alg: "PS256", public: wide.Public()},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			key := keyFile{path: write(t, tc.text)}.loaded(t)
			if want := expectedID(t, tc.id, tc.public); key.ID() != want {
				t.Errorf("its id is %s, want %s", key.ID(), want)
			}
			if header := assertionHeader(t, key, nil); header["alg"] != tc.alg || header["kid"] != key.ID() {
				t.Errorf("the assertion's header is %v, want %s and %s", header, tc.alg, key.ID())
			}
		})
	}
}

func expectedID(t *testing.T, id string, public any) string {
	t.Helper()
	if id != "" {
		return id
	}
	sum, err := (&jose.JSONWebKey{Key: public}).Thumbprint(crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

// The provider's list chooses among what the key can do.
func TestSigningAlgorithmIsTheProviders(t *testing.T) {
	wide := optest.NewKeys(t).RSA
	key := keyFile{path: write(t, pemOf(t, "PRIVATE KEY", wide))}.loaded(t)
	if header := assertionHeader(t, key, []string{"ES256", "PS256"}); header["alg"] != "PS256" {
		t.Errorf("signed by %v, want PS256", header["alg"])
	}
	op := optest.New(t)
	web, doc := discovered(t, op)
	doc.TokenAuthAlgorithmsSupported = []string{"ES256"}
	_, err := oidc.ClientCredentials(t.Context(), web, doc, oidc.Client{ID: "keyed", Key: key}, nil)
	expectError(t, err, oidc.BadFile, "token_endpoint_auth_signing_alg_values_supported")
	if op.Asked("/token") != 0 {
		t.Error("something was sent")
	}
}

func TestSigningKeyRefuses(t *testing.T) {
	small := curveKey(t, elliptic.P256())
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	public, _ := x509.MarshalPKIXPublicKey(small.Public())
	own := pemOf(t, "PRIVATE KEY", small)
	cases := map[string]struct{ text, want string }{
		"empty":         {"", "no private key"},
		"no PEM":        {"hello", "no private key"},
		"public PEM":    {string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})), "PUBLIC KEY"},
		"public JWK":    {jwkOf(t, jose.JSONWebKey{Key: small.Public()}), "a public key"},
		"symmetric JWK": {`{"kty":"oct","k":"aHVzaA"}`, "symmetric"},
		"for secrecy":   {jwkOf(t, jose.JSONWebKey{Key: small, Use: "enc"}), "for encryption"},
		"unfit alg":     {jwkOf(t, jose.JSONWebKey{Key: small, Algorithm: "RS256"}), "no signature algorithm fits"},
		"broken JWK":    {`{"kty":"EC","crv":"P-256","x":"aHVzaA","y":"aHVzaA","d":"aHVzaA"}`, "broken"},
		"no JWK":        {`{"issuer":"x"}`, "not a JWK"},
		"broken PEM":    {string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("aHVzaA")})), "broken"},
		"passphrase":    {string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte("x")})), "openssl pkey"},
		"old style":     {string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED"}, Bytes: []byte("x")})), "openssl pkey"},
		"two keys":      {own + own, "more than one"},
		"P-224":         {pemOf(t, "PRIVATE KEY", curveKey(t, elliptic.P224())), "P-256"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := oidc.LoadSigningKey(write(t, tc.text))
			expectError(t, err, oidc.BadFile, tc.want)
			if strings.Contains(err.Error(), "aHVzaA") {
				t.Errorf("%q quotes the key", err)
			}
		})
	}
	_, err = oidc.LoadSigningKey(write(t, pemOf(t, "PRIVATE KEY", weak)))
	expectError(t, err, oidc.Malformed, "1024 bits")
	_, err = oidc.LoadSigningKey(write(t, strings.Repeat("x", 40_000)))
	expectError(t, err, oidc.TooLarge, "private key")
}

func TestSigningKeyIsNotForOthers(t *testing.T) {
	key := writtenKey(t)
	if err := os.Chmod(key.path, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := oidc.LoadSigningKey(key.path)
	expectError(t, err, oidc.BadFile, "chmod 600")
}

func TestSigningKeyIsNeverPrinted(t *testing.T) {
	key := writtenKey(t).loaded(t)
	c := oidc.Client{ID: "keyed", Key: key}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{fmt.Sprint(key), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), fmt.Sprintf("%x", key), fmt.Sprintf("%+v", &c), string(text)} {
		if !strings.Contains(shown, "REDACTED") || strings.Contains(shown, key.ID()) {
			t.Errorf("the key shows as %s", shown)
		}
	}
}
