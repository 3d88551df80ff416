package oidc_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// keyFile is a client's key in a file, with its public half.
type keyFile struct {
	path   string
	public any
}

func (k keyFile) loaded(t *testing.T) *oidc.SigningKey {
	t.Helper()
	key, err := oidc.LoadSigningKey(k.path)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func writtenKey(t *testing.T) keyFile {
	t.Helper()
	key := curveKey(t, elliptic.P256())
	return keyFile{write(t, pemOf(t, "PRIVATE KEY", key)), key.Public()}
}

func curveKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func pemOf(t *testing.T, kind string, key any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	switch kind {
	case "RSA PRIVATE KEY":
		der, err = x509.MarshalPKCS1PrivateKey(key.(*rsa.PrivateKey)), nil
	case "EC PRIVATE KEY":
		der, err = x509.MarshalECPrivateKey(key.(*ecdsa.PrivateKey))
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func jwkOf(t *testing.T, key jose.JSONWebKey) string {
	t.Helper()
	text, err := json.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// assertionHeader gives the header of an assertion as the provider sees it.
func assertionHeader(t *testing.T, key *oidc.SigningKey, taken []string) map[string]any {
	t.Helper()
	op := optest.New(t)
	web, doc := discovered(t, op)
	doc.TokenAuthAlgorithmsSupported = taken
	seen := make(chan string, 1)
	op.Handle("/token", recordAssertion(seen))
	_, _ = oidc.ClientCredentials(t.Context(), web, doc, oidc.Client{ID: "keyed", Key: key}, nil)
	head, _, _ := strings.Cut(<-seen, ".")
	raw, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		t.Fatal(err)
	}
	header := map[string]any{}
	if err := json.Unmarshal(raw, &header); err != nil {
		t.Fatal(err)
	}
	return header
}

// recordAssertion keeps the assertion of a token request and refuses it.
func recordAssertion(seen chan<- string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		seen <- r.PostFormValue("client_assertion")
		optest.JSON(w, 401, map[string]any{"error": "invalid_client"})
	}
}
