package probe

import (
	"crypto/rsa"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
)

// forge makes every forgery of a token, by name.
func forge(t *testing.T, op *optest.Server, token string) map[string]string {
	t.Helper()
	f := newForger(secret.New(token), keysOf(op), &strangeKeys{}, time.Now())
	out := map[string]string{}
	for _, way := range forgeries() {
		text, err := way.make(f)
		if err != nil || text == "" {
			t.Fatalf("%s: %q, %v", way.name, text, err)
		}
		out[way.name] = text
	}
	return out
}

// No forgery passes a right check, each differs from all others, and each says what
// the sound token says, or changes that in the one way that its name tells.
func TestForgeries(t *testing.T) {
	op := optest.New(t)
	for name, sound := range map[string]string{
		"RS256": op.Sign(op.AccessClaims("cli", "alice")), "ES256": op.Keys.ES256(op.AccessClaims("cli", "alice"), nil),
	} {
		t.Run(name, func(t *testing.T) {
			made := forge(t, op, sound)
			if len(made) != 22 || len(slices.Compact(slices.Sorted(maps.Values(made)))) != 22 {
				t.Errorf("%d forgeries, or two are equal; want 22", len(made))
			}
			for name, raw := range made {
				if raw == sound || oidc.CheckToken(raw, keysOf(op), oidc.Expect{Issuer: op.URL}).OK() {
					t.Errorf("%s is a sound token", name)
				}
				expectOwnClaims(t, name, sound, raw)
			}
		})
	}
}

// expectOwnClaims: a forgery speaks of our own test login and of nobody else.
func expectOwnClaims(t *testing.T, name, sound, raw string) {
	t.Helper()
	if name == "garbage" {
		return
	}
	if !strings.Contains(raw, strings.Split(sound, ".")[1]) && !strings.HasPrefix(name, "changed-") {
		t.Errorf("%s has other claims than the token", name)
		return
	}
	if strings.Count(raw, ".") < 2 {
		return
	}
	want, _ := oidc.ParseToken(sound)
	got, err := oidc.ParseToken(raw)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for claim, value := range want.Claims {
		if claim != "exp" && string(got.Claims[claim]) != string(value) {
			t.Errorf("%s: %s is %s, want %s", name, claim, got.Claims[claim], value)
		}
	}
}

// What is said to be signed really is: a verifier with that hole would take it.
func TestForgeriesAreSigned(t *testing.T) {
	op := optest.New(t)
	keys := &strangeKeys{}
	f := newForger(secret.New(op.Sign(op.AccessClaims("cli", "alice"))), keysOf(op), keys, time.Now())
	_, own, err := keys.fit("RS256")
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range strange() {
		raw, err := way.make(f)
		if err != nil {
			t.Fatal(err)
		}
		signed, err := jose.ParseSignedCompact(raw, []jose.SignatureAlgorithm{jose.RS256})
		if err != nil {
			t.Fatalf("%s: %v", way.name, err)
		}
		if _, err := signed.Verify(own.Public()); err != nil {
			t.Errorf("%s: %v", way.name, err)
		}
	}
	if own.Public().(*rsa.PublicKey).Equal(&op.Keys.RSA.PublicKey) {
		t.Error("our key is the issuer's")
	}
}

func TestStrangeKeys(t *testing.T) {
	keys := &strangeKeys{}
	for asked, want := range map[string]jose.SignatureAlgorithm{
		"RS256": jose.RS256, "PS384": jose.PS384, "ES256": jose.ES256, "ES384": jose.ES384, "ES512": jose.ES512, "EdDSA": jose.EdDSA, "HS256": jose.RS256, "": jose.RS256,
	} {
		got, key, err := keys.fit(asked)
		if err != nil || got != want {
			t.Fatalf("%q: %s, %v; want %s", asked, got, err, want)
		}
		if _, err := jose.NewSigner(jose.SigningKey{Algorithm: got, Key: key}, nil); err != nil {
			t.Errorf("%q: %v", asked, err)
		}
	}
}

func TestOpaqueTokenIsNotForged(t *testing.T) {
	if f := newForger(secret.New("opaque"), nil, &strangeKeys{}, time.Now()); f != nil {
		t.Error("a forger of nothing")
	}
}
