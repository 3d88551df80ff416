package prove

import (
	"maps"
	"strings"
	"testing"
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
