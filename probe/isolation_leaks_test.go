package probe

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/spec"
)

func bearerOf(r *http.Request) string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}

// leaking lets in at corp's path what takes says, besides what is right.
func leaking(c *cloud, takes func(c *cloud, raw string) bool) {
	c.at(authPath("corp"), func(w http.ResponseWriter, r *http.Request) {
		if takes(c, bearerOf(r)) {
			c.issue(w, "corp", bearerOf(r))
			return
		}
		c.httpd(w, r)
	})
}

// without is a door that leaves some of a token's checks out.
func without(checks ...string) func(*cloud, string) bool {
	return func(c *cloud, raw string) bool {
		want := oidc.Expect{Issuer: c.ops["corp"].URL, Audience: "keystone", Clients: []string{"cli"}}
		return !slices.ContainsFunc(oidc.CheckToken(raw, keysOf(c.ops["corp"]), want).Failed(), func(v oidc.Verdict) bool {
			return !slices.Contains(checks, v.Name)
		})
	}
}

// headed is a door that looks at the header alone.
func headed(takes func(oidc.Object) bool) func(*cloud, string) bool {
	return func(_ *cloud, raw string) bool {
		text, _, _ := strings.Cut(raw, ".")
		decoded, _ := base64.RawURLEncoding.DecodeString(text)
		header, err := oidc.ParseObject(decoded)
		return err == nil && takes(header)
	}
}

func algorithm(name string) func(oidc.Object) bool {
	return func(h oidc.Object) bool { return string(h["alg"]) == `"`+name+`"` }
}

// shared is a door that takes HS256 by that secret.
func shared(secret func(*cloud) []byte) func(*cloud, string) bool {
	return func(c *cloud, raw string) bool {
		signed, err := jose.ParseSignedCompact(raw, []jose.SignatureAlgorithm{jose.HS256})
		if err != nil {
			return false
		}
		_, err = signed.Verify(secret(c))
		return err == nil
	}
}

func publicKey(c *cloud) []byte {
	der, err := x509.MarshalPKIXPublicKey(&c.ops["corp"].Keys.RSA.PublicKey)
	if err != nil {
		panic(err)
	}
	return der
}

// embedded is a door that verifies by the key that a token brings.
func embedded(member string) func(*cloud, string) bool {
	return func(_ *cloud, raw string) bool {
		signed, err := jose.ParseSignedCompact(raw, []jose.SignatureAlgorithm{jose.RS256})
		if err != nil {
			return false
		}
		var key any
		if jwk := signed.Signatures[0].Header.JSONWebKey; member == "jwk" && jwk != nil {
			key = jwk.Key
		}
		if chain, err := signed.Signatures[0].Header.Certificates(x509.VerifyOptions{Roots: x509.NewCertPool()}); member == "x5c" && chain == nil && err != nil {
			key = certified(raw)
		}
		if key == nil {
			return false
		}
		_, err = signed.Verify(key)
		return err == nil
	}
}

// certified gives the key of the first certificate in x5c.
func certified(raw string) any {
	text, _, _ := strings.Cut(raw, ".")
	decoded, _ := base64.RawURLEncoding.DecodeString(text)
	var header struct{ X5C [][]byte }
	if json.Unmarshal(decoded, &header) != nil || len(header.X5C) == 0 {
		return nil
	}
	certificate, err := x509.ParseCertificate(header.X5C[0])
	if err != nil {
		return nil
	}
	return certificate.PublicKey
}

// A door with one hole: the matrix finds what gets in, says why, and nothing else.
func TestLeaks(t *testing.T) {
	cases := map[string]struct {
		takes func(*cloud, string) bool
		slug  string
		let   string // tokens that get in, without the provider's id
	}{
		"alg none":          {headed(algorithm("none")), "let-in-alg-none", "alg-none alg-none-bare alg-none-signed"},
		"alg None":          {headed(algorithm("None")), "let-in-alg-none", "alg-None alg-None-bare alg-None-signed"},
		"public key as PEM": {shared(func(c *cloud) []byte { return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: publicKey(c)}) }), "let-in-public-secret", "hs256-pem"},
		"public key as DER": {shared(publicKey), "let-in-public-secret", "hs256-der"},
		"HS256 at all":      {headed(algorithm("HS256")), "let-in-public-secret", "hs256-pem hs256-der hs256-empty"},
		"kid unknown": {headed(func(h oidc.Object) bool {
			return h["kid"] != nil && string(h["kid"]) != `"rsa"` && h["jwk"] == nil && h["x5c"] == nil
		}), "let-in-strange-key", "unknown-kid jku"},
		"no kid":            {headed(func(h oidc.Object) bool { return h["kid"] == nil }), "let-in-strange-key", "no-kid"},
		"JWK in the header": {embedded("jwk"), "let-in-key-in-header", "jwk"},
		"x5c in the header": {embedded("x5c"), "let-in-key-in-header", "x5c"},
		"psychic signature": {headed(algorithm("ES256")), "let-in-no-signature", "zero-signature"},
		"no signature": {func(_ *cloud, raw string) bool {
			return strings.HasPrefix(raw, "eyJ") && headed(algorithm("RS256"))(nil, raw) && strings.HasSuffix(raw, ".")
		}, "let-in-no-signature", "no-signature"},
		"half a signature":    {func(_ *cloud, raw string) bool { return len(raw)-strings.LastIndex(raw, ".")-1 == 171 }, "let-in-no-signature", "cut-signature"},
		"no token":            {func(_ *cloud, raw string) bool { return strings.Count(raw, ".") == 2 && !strings.HasPrefix(raw, "eyJ") }, "let-in-no-token", "garbage"},
		"other claims":        {claiming("fedstone_probe"), "let-in-changed-claims", "changed-claims"},
		"another nbf":         {claiming("nbf"), "let-in-changed-claims", "changed-nbf"},
		"expired":             {without("exp"), "let-in-expired", "old"},
		"too early":           {without("nbf"), "let-in-too-early", "early"},
		"another audience":    {without("aud"), "let-in-other-audience", "elsewhere"},
		"another client":      {without("client"), "let-in-foreign-client", "foreign"},
		"another issuer":      {without("iss"), "let-in-other-issuer", "other"},
		"a kind for a logout": {without("typ"), "let-in-other-kind", "logout"},
		"sound all the same":  {without(), "let-in-sound-token", "sound"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := newCloud(t, "corp")
			c.refusing(t)
			leaking(c, tc.takes)
			want := map[string]string{"corp/sound": "let-in-sound-token"} // whatever the door
			for _, token := range strings.Fields(tc.let) {
				want["corp/"+token] = tc.slug
			}
			if tc.slug == "let-in-other-audience" {
				want["corp/id-token"] = "let-in-id-token" // whose audience is the client
			}
			r := isolated(t, c)
			for _, when := range []string{cold, afterUse} {
				if diff := cmp.Diff(want, letInOf(r, when)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", when, diff)
				}
			}
			c.expectAllRevoked(t)
		})
	}
}

// claiming is a door that looks for a claim and at no signature.
func claiming(name string) func(*cloud, string) bool {
	return func(_ *cloud, raw string) bool {
		token, err := oidc.ParseToken(raw)
		return err == nil && token.Algorithm == "RS256" && token.Claims[name] != nil && string(token.Header["typ"]) == `"at+jwt"` && string(token.Claims["jti"]) == `"service-cli"`
	}
}

// letInOf gives the symptoms of what got in, by token.
func letInOf(r Result, when string) map[string]string {
	out := map[string]string{}
	for _, c := range r.Isolation {
		if c.When == when && c.Critical {
			out[c.Token] = c.Symptom
		}
	}
	return out
}

// refusing describes tokens of corp that must be refused, each for one reason, and
// one for none.
func (c *cloud) refusing(t *testing.T) {
	t.Helper()
	op, later := c.ops["corp"], time.Now().Add(time.Hour).Unix()
	for name, change := range map[string]map[string]any{
		"old": {"exp": time.Now().Add(-time.Hour).Unix()}, "early": {"nbf": later, "exp": later + 300}, "elsewhere": {"aud": "wiki"},
		"other": {"iss": "https://other.test"}, "sound": {},
	} {
		claims := op.AccessClaims("cli", name)
		maps.Copy(claims, change)
		c.mustRefuse(t, name, op.Sign(claims))
	}
	c.mustRefuse(t, "logout", op.Keys.RS256(op.AccessClaims("cli", "logout"), map[string]any{"typ": "logout+jwt"}))
}

func (c *cloud) mustRefuse(t *testing.T, name, token string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(token), 0o600); err != nil {
		t.Fatal(err)
	}
	p := c.fed.IdentityProviders[0].Probe
	p.Refused = append(p.Refused, spec.Refused{Name: text(name), TokenFile: text(path)})
}

// A login that gave both kinds: which one must be let in is for the description to say.
func TestOtherKindOfToken(t *testing.T) {
	cases := map[string]struct {
		takes  string // the description
		opens  string // what the door looks for
		failed map[string]string
	}{
		"access, and it is so":       {"access", "keystone", map[string]string{}},
		"access, but any is taken":   {"access", "", map[string]string{"corp/id-token": "let-in-id-token"}},
		"ID, and it is so":           {"id", "cli", map[string]string{}},
		"ID, but any is taken":       {"id", "", map[string]string{"corp/access-token": "let-in-access-token"}},
		"both, and it is so":         {"both", "", map[string]string{}},
		"both, but one is not taken": {"both", "keystone", map[string]string{"corp/id-token": "require-refused"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := newCloud(t, "corp")
			c.twoKinds(tc.opens)
			idp := &c.fed.IdentityProviders[0]
			idp.Bearer.Token, idp.Probe.Foreign = text(tc.takes), nil
			got := map[string]string{}
			result := isolated(t, c)
			for _, cell := range result.Isolation {
				if cell.Verdict == Fail {
					got[cell.Token] = cell.Symptom
				}
			}
			for _, step := range result.Providers[0].Steps {
				if step.Name == "token-check" && step.Verdict != Pass {
					t.Errorf("token-check: %s (%s)", step.Verdict, step.Cause)
				}
			}
			if diff := cmp.Diff(tc.failed, got); diff != "" {
				t.Error(diff)
			}
			c.expectAllRevoked(t)
		})
	}
}

// twoKinds has the issuer give an ID token beside the access token, and the door take
// tokens for that audience; "" is any.
func (c *cloud) twoKinds(audience string) {
	op := c.ops["corp"]
	op.Handle("/token", func(w http.ResponseWriter, _ *http.Request) {
		id := op.AccessClaims("cli", "id")
		id["aud"] = "cli"
		optest.JSON(w, 200, map[string]any{"access_token": op.Sign(op.AccessClaims("cli", "access")), "id_token": op.Sign(id), "token_type": "Bearer", "expires_in": 300})
	})
	c.at(authPath("corp"), func(w http.ResponseWriter, r *http.Request) {
		raw := bearerOf(r)
		token, err := oidc.ParseToken(raw)
		if err != nil || !oidc.CheckToken(raw, keysOf(op), oidc.Expect{Issuer: op.URL}).OK() {
			c.httpd(w, r)
			return
		}
		if got, _ := token.Claims.Text("aud"); audience != "" && got != audience && !strings.Contains(string(token.Claims["aud"]), `"`+audience+`"`) {
			page(w, 401, "")
			return
		}
		c.issue(w, "corp", raw)
	})
}
