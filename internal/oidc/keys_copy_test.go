package oidc_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
)

// issued gives keys as an issuer publishes them, those of made with a certificate.
func issued(t *testing.T, made time.Time, ids ...string) jose.JSONWebKeySet {
	t.Helper()
	var set jose.JSONWebKeySet
	for i, id := range ids {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		one := jose.JSONWebKey{Key: &key.PublicKey, KeyID: id, Algorithm: "ES256"}
		if !made.IsZero() {
			template := x509.Certificate{SerialNumber: big.NewInt(int64(i + 1)), Subject: pkix.Name{CommonName: id}, NotBefore: made, NotAfter: made.AddDate(1, 0, 0)}
			raw, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
			if err != nil {
				t.Fatal(err)
			}
			certificate, err := x509.ParseCertificate(raw)
			if err != nil {
				t.Fatal(err)
			}
			one.Certificates = []*x509.Certificate{certificate}
		}
		set.Keys = append(set.Keys, one)
	}
	return set
}

func keysOf(t *testing.T, sets ...jose.JSONWebKeySet) *oidc.Keys {
	t.Helper()
	var all jose.JSONWebKeySet
	for _, set := range sets {
		all.Keys = append(all.Keys, set.Keys...)
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := oidc.ParseKeys(text)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestDriftOf(t *testing.T) {
	made := time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)
	a, b, dated := issued(t, time.Time{}, "a"), issued(t, time.Time{}, "b"), issued(t, made, "c")
	otherA := issued(t, time.Time{}, "a")
	cases := map[string]struct {
		copied, live *oidc.Keys
		want         oidc.Drift
	}{
		"the same, in another order": {keysOf(t, a, b), keysOf(t, b, a), oidc.Drift{}},
		"one is new":                 {keysOf(t, a), keysOf(t, a, b), oidc.Drift{Missing: []oidc.MissingKey{{ID: "b"}}}},
		"one is gone":                {keysOf(t, a, b), keysOf(t, a), oidc.Drift{Stale: []string{"b"}}},
		"rotated, with a certificate": {keysOf(t, a), keysOf(t, dated),
			oidc.Drift{Missing: []oidc.MissingKey{{ID: "c", Since: made}}, Stale: []string{"a"}}},
		"another key of that id": {keysOf(t, a), keysOf(t, otherA), oidc.Drift{Missing: []oidc.MissingKey{{ID: "a", Other: true}}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, oidc.DriftOf(c.copied, c.live)); diff != "" {
				t.Errorf("drift (-want +got):\n%s", diff)
			}
		})
	}
}

// TestKeysText: one text for the same keys, which reads back as them, without what a
// copy has no use for.
func TestKeysText(t *testing.T) {
	a, dated := issued(t, time.Time{}, "a"), issued(t, time.Now(), "c")
	one, other := keysOf(t, a, dated), keysOf(t, dated, a)
	if one.Text() != other.Text() || strings.Contains(one.Text(), "x5c") || strings.ContainsAny(one.Text(), " \n") {
		t.Errorf("texts:\n%s\n%s", one.Text(), other.Text())
	}
	back, err := oidc.ParseKeys([]byte(one.Text()))
	if err != nil || !slices.Equal(back.IDs(), []string{"a", "c"}) {
		t.Errorf("read back: %v %v", back, err)
	}
	if drift := oidc.DriftOf(back, one); len(drift.Missing)+len(drift.Stale) > 0 {
		t.Errorf("the copy differs: %+v", drift)
	}
}
