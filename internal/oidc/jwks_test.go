package oidc_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

func TestFetchKeys(t *testing.T) {
	op := optest.New(t)
	keys, err := oidc.FetchKeys(t.Context(), client(t, op), op.URL+"/jwks")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"rsa", "ec"}, keys.IDs()); diff != "" {
		t.Error(diff)
	}
	op.Handle("/jwks", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 300<<10)) })
	_, err = oidc.FetchKeys(t.Context(), client(t, op), op.URL+"/jwks")
	expectError(t, err, oidc.TooLarge, "262144")
}

func TestParseKeysRefuses(t *testing.T) {
	k := optest.NewKeys(t)
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Skip("this Go makes no weak keys:", err)
	}
	private, _ := json.Marshal(jose.JSONWebKey{Key: k.RSA, KeyID: "rsa"})
	cases := map[string]struct {
		keys string
		kind oidc.Kind
		text string
	}{
		"no keys":          {``, oidc.Malformed, "0 keys"},
		"too many":         {strings.TrimSuffix(strings.Repeat(rsaKey(k.RSA.N, 65537)+",", 101), ","), oidc.Malformed, "101 keys"},
		"private":          {string(private), oidc.PrivateKey, "whoever reads it"},
		"symmetric":        {`{"kty":"oct","k":"aGVsbG8"}`, oidc.PrivateKey, ""},
		"weak":             {rsaKey(small.N, 65537), oidc.Malformed, "1024"},
		"65536 bits":       {rsaKey(new(big.Int).Lsh(big.NewInt(1), 65535), 65537), oidc.Malformed, ""},
		"even modulus":     {rsaKey(new(big.Int).Sub(k.RSA.N, big.NewInt(1)), 65537), oidc.Malformed, "even"},
		"exponent 1":       {rsaKey(k.RSA.N, 1), oidc.Malformed, ""},
		"even exponent":    {rsaKey(k.RSA.N, 65536), oidc.Malformed, ""},
		"point off curve":  {`{"kty":"EC","crv":"P-256","x":"` + b64(strings.Repeat("a", 32)) + `","y":"` + b64(strings.Repeat("b", 32)) + `"}`, oidc.Malformed, "broken"},
		"for encryption":   {strings.Replace(rsaKey(k.RSA.N, 65537), `{`, `{"use":"enc",`, 1), oidc.Malformed, "encryption"},
		"unknown type":     {`{"kty":"XYZ"}`, oidc.Malformed, "XYZ"},
		"duplicate member": {`{"kty":"RSA","kty":"EC"}`, oidc.Malformed, "twice"},
		"null":             {`null`, oidc.NotJSON, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := oidc.ParseKeys([]byte(`{"keys":[` + tc.keys + `]}`))
			expectError(t, err, tc.kind, tc.text)
		})
	}
}

func rsaKey(n *big.Int, e int64) string {
	enc := base64.RawURLEncoding.EncodeToString
	return fmt.Sprintf(`{"kty":"RSA","n":"%s","e":"%s"}`, enc(n.Bytes()), enc(big.NewInt(e).Bytes()))
}

func TestParseKeysSkips(t *testing.T) {
	k := optest.NewKeys(t)
	keys, err := oidc.ParseKeys([]byte(`{"keys":[` + rsaKey(k.RSA.N, 65537) + `,{"kty":"XYZ"},{"kty":"RSA","use":"enc"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if keys.Len() != 1 || len(keys.Skipped) != 2 {
		t.Errorf("%d keys and %q skipped, want 1 and 2", keys.Len(), keys.Skipped)
	}
}

// A kid that two keys share names neither.
func TestAmbiguousKeys(t *testing.T) {
	k, other := optest.NewKeys(t), optest.NewKeys(t)
	other.Other(t)
	set := jose.JSONWebKeySet{Keys: append(k.Public().Keys, other.Public().Keys...)}
	raw, _ := json.Marshal(set)
	keys, err := oidc.ParseKeys(raw)
	if err != nil {
		t.Fatal(err)
	}
	for name, header := range map[string]map[string]any{"two keys": nil, "no kid": {"kid": nil}} {
		r := oidc.CheckToken(k.RS256(claims(nil), header), keys, expect())
		if diff := cmp.Diff([]string{"signature"}, failed(r)); diff != "" {
			t.Error(name, diff)
		}
	}
}

func FuzzParseKeys(f *testing.F) {
	raw, _ := json.Marshal(optest.NewKeys(f).Public())
	f.Add(raw)
	f.Add([]byte(`{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if keys, err := oidc.ParseKeys(text); err == nil && keys.Len() == 0 {
			t.Error("a set without keys was accepted")
		}
	})
}

func FuzzParseDocument(f *testing.F) {
	f.Add([]byte(`{"issuer":"https://a","authorization_endpoint":"https://a/a","token_endpoint":"https://a/t","jwks_uri":"https://a/j"}`))
	f.Add([]byte(`{"issuer":"https://a","Issuer":"b"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := oidc.ParseDocument("https://a", text)
		if err == nil && (doc.Issuer != "https://a" || !strings.HasPrefix(doc.JWKSURI, "https://")) {
			t.Errorf("accepted %+v", doc)
		}
	})
}
