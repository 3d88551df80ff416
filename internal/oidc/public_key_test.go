package oidc_test

import (
	"encoding/json"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

func TestPublicKey(t *testing.T) {
	published := optest.NewKeys(t)
	raw, err := json.Marshal(published.Public())
	if err != nil {
		t.Fatal(err)
	}
	keys, err := oidc.ParseKeys(raw)
	if err != nil {
		t.Fatal(err)
	}
	if !published.RSA.PublicKey.Equal(keys.PublicKey("rsa")) || !published.EC.PublicKey.Equal(keys.PublicKey("ec")) {
		t.Error("an id gives another key")
	}
	if keys.PublicKey("none") != nil || keys.PublicKey("") != nil {
		t.Error("no id of the set gives a key")
	}
}
