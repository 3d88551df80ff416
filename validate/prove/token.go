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
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// Claims are a token's; a nil value takes one of the usual ones away.
type Claims map[string]any

// Header changes a token's JOSE header: alg (RS256, ES256, HS256, none), kid, typ; nil takes one away.
type Header map[string]any

// SignedBy has a token signed with the key of another issuer.
type SignedBy string

// Secret has a token signed with HS256 and this shared secret.
type Secret string

// TokenPart says how a token differs from the usual one: Claims, Header, SignedBy or Secret.
type TokenPart interface{ change(*draft) }

// draft is a token before it is signed.
type draft struct {
	claims Claims
	header Header
	issuer string // whose key signs
	secret string
}

func (c Claims) change(d *draft)   { merge(d.claims, c) }
func (h Header) change(d *draft)   { merge(d.header, h) }
func (s SignedBy) change(d *draft) { d.issuer = string(s) }
func (s Secret) change(d *draft)   { d.secret, d.header["alg"] = string(s), "HS256" }

func merge(to, from map[string]any) {
	maps.Copy(to, from)
	maps.DeleteFunc(to, func(_ string, v any) bool { return v == nil })
}

// Token gives an access token of an issuer for alice: a JWT (RFC 9068) signed with RS256, aud keystone, azp and
// client_id keystone-cli, good for five minutes; or what the parts make of it. An issuer of RealIssuer
// takes no parts.
func (s *Site) Token(t testing.TB, issuer string, parts ...TokenPart) string {
	t.Helper()
	if s.network.real[strings.TrimPrefix(issuer, "https://")] != "" {
		return s.realTokenOf(t, issuer, parts)
	}
	d := &draft{claims: accessClaims(issuer, "alice"), header: Header{"alg": "RS256", "typ": "at+jwt"}, issuer: issuer}
	token, err := s.provider.sign(d, parts)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// Opaque gives a token that says nothing by itself; the issuer's introspection endpoint knows its claims.
func (s *Site) Opaque(t testing.TB, issuer string, parts ...TokenPart) string {
	t.Helper()
	d := &draft{claims: accessClaims(issuer, "alice"), header: Header{}, issuer: issuer}
	for _, p := range parts {
		p.change(d)
	}
	return s.provider.keep(d.issuer, d.claims)
}

// sign signs a draft with the parts' changes.
func (p *provider) sign(d *draft, parts []TokenPart) (string, error) {
	for _, part := range parts {
		part.change(d)
	}
	keys, err := p.keysOf(d.issuer)
	if err != nil {
		return "", err
	}
	alg, _ := d.header["alg"].(string)
	key, kid := keys.signer(alg)
	header := Header{"kid": kid}
	merge(header, d.header)
	if v, set := d.header["kid"]; set && v == nil {
		delete(header, "kid")
	}
	return seal(header, d.claims, key, d.secret)
}

// seal makes the compact form (RFC 7515 section 7.1).
func seal(header, claims any, key crypto.Signer, secret string) (string, error) {
	h, err := json.Marshal(header)
	if err != nil {
		return "", err
	}
	c, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	input := base64.RawURLEncoding.EncodeToString(h) + "." + base64.RawURLEncoding.EncodeToString(c)
	signature, err := signature(input, header.(Header)["alg"], key, secret)
	return input + "." + base64.RawURLEncoding.EncodeToString(signature), err
}

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
		r, s, err := ecdsa.Sign(rand.Reader, key.(*ecdsa.PrivateKey), digest[:])
		if err != nil {
			return nil, err
		}
		both := make([]byte, 64)
		r.FillBytes(both[:32])
		s.FillBytes(both[32:])
		return both, nil
	}
	return nil, fmt.Errorf("no such algorithm here: %v", alg)
}

// person is what every issuer says of a user.
func person(user string) Claims {
	return Claims{"sub": "user-" + user, "preferred_username": user, "name": user + " Example",
		"email": user + "@example.org", "email_verified": true, "groups": []string{"readers", "members"}}
}

// scoped leaves what the scopes of a login ask for (OpenID Connect Core 5.4; groups stands for itself).
func (c Claims) scoped(scope string) Claims {
	of := map[string][]string{"profile": {"preferred_username", "name"}, "email": {"email", "email_verified"}, "groups": {"groups"}}
	for name, claims := range of {
		if slices.Contains(strings.Fields(scope), name) {
			continue
		}
		for _, claim := range claims {
			delete(c, claim)
		}
	}
	return c
}

func accessClaims(issuer, user string) Claims {
	now := time.Now().Unix()
	c := person(user)
	merge(c, Claims{"iss": issuer, "aud": "keystone", "azp": bearerClient, "client_id": bearerClient,
		"iat": now, "exp": now + 300, "jti": rand.Text(), "scope": "openid profile email groups"})
	return c
}
