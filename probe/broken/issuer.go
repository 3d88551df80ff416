package broken

import (
	"crypto/rand"
	"encoding/hex"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// issuerHost is where the issuers are; each case has one, https://issuer.broken.test/NAME,
// since Keystone takes a remote id for one identity provider only.
const issuerHost = "issuer.broken.test"

// The clients of every issuer, and Keystone's audience.
const (
	client    = "keystone-cli"
	bystander = "wiki"
	audience  = "keystone"
)

// issuer issues tokens as the cases want them: real keys and signatures, and
// what no sound provider gives.
type issuer struct {
	cases  map[string]Case
	keys   *optest.Keys
	hidden *optest.Keys // published by nobody
	secret string       // of the clients
}

func newIssuer(t testing.TB, cases []Case) *issuer {
	t.Helper()
	i := &issuer{cases: map[string]Case{}, keys: optest.NewKeys(t), hidden: optest.NewKeys(t), secret: random(20)}
	i.hidden.Other(t)
	for _, c := range cases {
		i.cases[c.Name] = c
	}
	return i
}

func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

func issuerOf(name string) string { return "https://" + issuerHost + "/" + name }

// ServeHTTP answers /NAME/… as NAME's issuer. What stands in no case serves httpd:
// /keys, /keys-of-another, /inactive and /refused.
func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case rest == ".well-known/openid-configuration":
		optest.JSON(w, http.StatusOK, document(issuerOf(name)))
	case name == "keys" || rest == "keys":
		optest.JSON(w, http.StatusOK, i.keys.Public())
	case name == "keys-of-another":
		optest.JSON(w, http.StatusOK, i.hidden.Public())
	case name == "inactive":
		optest.JSON(w, http.StatusOK, map[string]any{"active": false})
	case name == "refused":
		optest.JSON(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case rest == "authorize":
		_, _ = io.WriteString(w, loginPage)
	case rest == "token":
		i.token(w, r, name)
	default:
		http.NotFound(w, r)
	}
}

const loginPage = `<!doctype html><title>Sign in</title>
<form method="post"><input name="username"><input name="password" type="password"><button>Sign in</button></form>`

func document(url string) map[string]any {
	return map[string]any{
		"issuer": url, "authorization_endpoint": url + "/authorize", "token_endpoint": url + "/token", "jwks_uri": url + "/keys",
		"grant_types_supported": []string{"client_credentials"}, "response_types_supported": []string{"code"},
		"subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"},
	}
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request, name string) {
	c, known := i.cases[name]
	if _, password, ok := r.BasicAuth(); !known || !ok || password != i.secret {
		optest.JSON(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	}
	optest.JSON(w, http.StatusOK, map[string]any{"access_token": i.sign(c), "token_type": "Bearer", "expires_in": 300})
}

// sign makes the case's token.
func (i *issuer) sign(c Case) string {
	claims, header := i.claims(c), map[string]any{}
	maps.Copy(header, c.Token.Header)
	switch {
	case c.Token.Opaque:
		return random(24)
	case c.Token.Sign == "other":
		return i.hidden.RS256(claims, header)
	case c.Token.Sign == "shared":
		return optest.Sign(jose.HS256, []byte(i.secret), claims, map[string]any{"typ": "at+jwt"})
	}
	return i.keys.RS256(claims, header)
}

func (i *issuer) claims(c Case) map[string]any {
	now := time.Now().Unix()
	claims := map[string]any{
		"iss": issuerOf(c.Name), "sub": "service-" + c.Name, "aud": audience, "azp": client, "client_id": client, "jti": random(8),
		"iat": now, "exp": now + 300, "preferred_username": c.Name, "groups": []string{"cloud-users"},
	}
	if c.Token.Pad > 0 {
		claims["padding"] = random(c.Token.Pad / 2)
	}
	for name, v := range c.Token.Claims {
		seconds, ok := v.(int)
		switch {
		case v == nil:
			delete(claims, name)
		case ok: // exp, nbf and iat, the numbers among the claims
			claims[name] = now + int64(seconds)
		default:
			claims[name] = v
		}
	}
	return claims
}
