package probe

import (
	"crypto"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// forgery is one way to make a token that no issuer has signed.
type forgery struct {
	name string
	fact symptom.Fact
	make func(*forger) (string, error) // "": it cannot be made of this token
}

func forgeries() []forgery {
	return slices.Concat(unsigned(), strange(), confused(), changed())
}

// forger makes tokens of the claims of a sound one. What it makes names the user of
// our own login and nobody else, so that one which is let in harms nobody.
type forger struct {
	token  *oidc.Token
	parts  []string         // header, claims and signature, as they are sent
	public crypto.PublicKey // the issuer's; nil: not known
	keys   *strangeKeys
	now    time.Time
}

// newForger gives nil for a token that is no JWT.
func newForger(token secret.Value, issuer *oidc.Keys, keys *strangeKeys, now time.Time) *forger {
	parsed, err := oidc.ParseToken(token.Reveal())
	if err != nil {
		return nil
	}
	f := &forger{token: parsed, parts: strings.Split(token.Reveal(), "."), keys: keys, now: now}
	if issuer != nil {
		f.public = issuer.PublicKey(parsed.KeyID)
	}
	return f
}

// members are changes to a header or to claims; nil takes one away.
type members map[string]any

func (f *forger) header(changes members) string { return encoded(with(f.token.Header, changes)) }

func (f *forger) claims(changes members) string { return encoded(with(f.token.Claims, changes)) }

func with(object oidc.Object, changes members) map[string]any {
	out := map[string]any{}
	for name, value := range object {
		out[name] = value
	}
	maps.Copy(out, changes)
	maps.DeleteFunc(out, func(_ string, value any) bool { return value == nil })
	return out
}

func encoded(object map[string]any) string {
	text, _ := json.Marshal(object) // of what was JSON, and of strings, numbers and lists
	return base64.RawURLEncoding.EncodeToString(text)
}

// signed gives the token's own claims, signed by a key of ours.
func (f *forger) signed(changes members) (string, error) {
	algorithm, key, err := f.keys.fit(f.token.Algorithm)
	if err != nil {
		return "", err
	}
	opts := &jose.SignerOptions{}
	for name, value := range with(f.token.Header, changes) {
		if name != "alg" {
			opts.WithHeader(jose.HeaderKey(name), value)
		}
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, opts)
	if err != nil {
		return "", err
	}
	claims, _ := base64.RawURLEncoding.DecodeString(f.parts[1]) // ParseToken has done it already
	made, err := signer.Sign(claims)
	if err != nil {
		return "", err
	}
	return made.CompactSerialize()
}

// authenticated gives the token's own claims under HS256 (RFC 7518 section 3.2).
func (f *forger) authenticated(shared []byte) string {
	text := f.header(members{"alg": string(jose.HS256)}) + "." + f.parts[1]
	mac := hmac.New(sha256.New, shared)
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
