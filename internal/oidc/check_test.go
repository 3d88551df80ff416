package oidc_test

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// issuer is what the tests sign as; nothing listens there.
const issuer = "https://op.example.org/realms/a"

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func expect() oidc.Expect {
	return oidc.Expect{Issuer: issuer, Audience: "keystone", Clients: []string{"cli", "terraform"}, Now: now}
}

func claims(over map[string]any) map[string]any {
	out := map[string]any{
		"iss": issuer, "aud": []string{"keystone", "account"}, "azp": "cli", "sub": "alice",
		"iat": now.Add(-time.Minute).Unix(), "exp": now.Add(time.Minute).Unix(),
	}
	maps.Copy(out, over)
	for name, v := range over {
		if v == nil {
			delete(out, name)
		}
	}
	return out
}

func published(t *testing.T, k *optest.Keys) *oidc.Keys {
	t.Helper()
	raw, err := json.Marshal(k.Public())
	if err != nil {
		t.Fatal(err)
	}
	keys, err := oidc.ParseKeys(raw)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// failed names the verdicts that did not pass.
func failed(r oidc.Report) []string {
	var out []string
	for _, v := range r.Failed() {
		out = append(out, v.Name)
	}
	return out
}

func TestCheckTokenAccepts(t *testing.T) {
	k := optest.NewKeys(t)
	cases := map[string]string{
		"RS256":                 k.RS256(claims(nil), nil),
		"ES256":                 k.ES256(claims(nil), nil),
		"one key fits, no kid":  k.ES256(claims(nil), map[string]any{"kid": nil}),
		"aud is a string":       k.RS256(claims(map[string]any{"aud": "keystone"}), nil),
		"client_id, no azp":     k.RS256(claims(map[string]any{"azp": nil, "client_id": "terraform"}), nil),
		"no typ":                k.RS256(claims(nil), map[string]any{"typ": nil}),
		"long typ":              k.RS256(claims(nil), map[string]any{"typ": "application/at+jwt"}),
		"no iat":                k.RS256(claims(map[string]any{"iat": nil}), nil),
		"fraction of a second":  k.RS256(claims(map[string]any{"exp": float64(now.Unix()) + 60.5}), nil),
		"clocks a little apart": k.RS256(claims(map[string]any{"iat": now.Add(10 * time.Second).Unix()}), nil),
	}
	for name, raw := range cases {
		t.Run(name, func(t *testing.T) {
			if r := oidc.CheckToken(raw, published(t, k), expect()); !r.OK() {
				t.Errorf("refused: %+v", r.Failed())
			}
		})
	}
}

func TestCheckTokenClaims(t *testing.T) {
	k := optest.NewKeys(t)
	cases := map[string]struct {
		over map[string]any
		want []string
		text string // of the first failed verdict
	}{
		"other issuer":        {map[string]any{"iss": "https://evil.example.org"}, []string{"iss"}, "evil"},
		"slash":               {map[string]any{"iss": issuer + "/"}, []string{"iss"}, "final slash"},
		"no issuer":           {map[string]any{"iss": nil}, []string{"iss"}, ""},
		"issuer is a list":    {map[string]any{"iss": []string{issuer}}, []string{"iss"}, "not a string"},
		"other audience":      {map[string]any{"aud": "account"}, []string{"aud"}, "audience mapper"},
		"no audience":         {map[string]any{"aud": nil}, []string{"aud"}, "none"},
		"audience object":     {map[string]any{"aud": map[string]any{"keystone": true}}, []string{"aud"}, ""},
		"audience number":     {map[string]any{"aud": 7}, []string{"aud"}, ""},
		"other client":        {map[string]any{"azp": "wiki"}, []string{"client"}, "azp wiki"},
		"no client":           {map[string]any{"azp": nil}, []string{"client"}, "client_claim"},
		"azp beats client_id": {map[string]any{"azp": "wiki", "client_id": "cli"}, []string{"client"}, "wiki"},
		"expired":             {map[string]any{"exp": now.Add(-time.Hour).Unix()}, []string{"exp"}, "1h0m0s ago"},
		"no expiry":           {map[string]any{"exp": nil}, []string{"exp"}, "none"},
		"huge expiry":         {map[string]any{"exp": 1e300}, []string{"exp"}, "number of seconds"},
		"text expiry":         {map[string]any{"exp": "tomorrow"}, []string{"exp"}, "tomorrow"},
		"negative expiry":     {map[string]any{"exp": -1}, []string{"exp"}, "1969"},
		"not yet valid":       {map[string]any{"nbf": now.Add(time.Hour).Unix()}, []string{"nbf"}, "in 1h0m0s"},
		"issued tomorrow":     {map[string]any{"iat": now.Add(24 * time.Hour).Unix()}, []string{"iat"}, "clocks"},
		"all at once":         {map[string]any{"iss": "x", "aud": "y", "azp": "z", "exp": 1}, []string{"iss", "aud", "client", "exp"}, ""},
		"control characters":  {map[string]any{"azp": "a\x1b]0;x\a"}, []string{"client"}, `\x1b`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := oidc.CheckToken(k.RS256(claims(tc.over), nil), published(t, k), expect())
			if diff := cmp.Diff(tc.want, failed(r)); diff != "" {
				t.Fatal(diff)
			}
			if text := fmt.Sprintf("%+v", r.Failed()[0]); !strings.Contains(text, tc.text) || strings.Contains(text, "\x1b") {
				t.Errorf("%q: want %q in it and no escapes", text, tc.text)
			}
		})
	}
}

func TestCheckTokenForgeries(t *testing.T) {
	k, foreign := optest.NewKeys(t), optest.NewKeys(t)
	foreign.Other(t)
	good := k.RS256(claims(nil), nil)
	parts := strings.Split(good, ".")
	publicDER := x509.MarshalPKCS1PublicKey(&k.RSA.PublicKey)
	cases := map[string]struct {
		raw  string
		want []string
	}{
		"alg none":           {compact(`{"alg":"none","kid":"rsa"}`, claims(nil)) + ".", []string{"alg"}},
		"alg None":           {compact(`{"alg":"None","kid":"rsa"}`, claims(nil)) + "." + parts[2], []string{"alg"}},
		"no alg":             {compact(`{"kid":"rsa"}`, claims(nil)) + "." + parts[2], []string{"alg"}},
		"empty signature":    {parts[0] + "." + parts[1] + ".", []string{"signature"}},
		"key confusion":      {optest.Sign(jose.HS256, publicDER, claims(nil), map[string]any{"kid": "rsa"}), []string{"alg"}},
		"foreign key":        {foreign.RS256(claims(nil), nil), []string{"signature"}},
		"foreign EC key":     {foreign.ES256(claims(nil), nil), []string{"signature"}},
		"changed claims":     {parts[0] + "." + b64(`{"iss":"x"}`) + "." + parts[2], []string{"signature", "iss", "aud", "client", "exp"}},
		"unknown kid":        {k.RS256(claims(nil), map[string]any{"kid": "../../etc/passwd"}), []string{"signature"}},
		"kid of other type":  {k.RS256(claims(nil), map[string]any{"kid": "ec"}), []string{"signature"}},
		"kid of a megabyte":  {compact(`{"alg":"RS256","kid":"`+strings.Repeat("k", 600)+`"}`, claims(nil)) + "." + parts[2], []string{"form"}},
		"own key in header":  {optest.Sign(jose.RS256, foreign.RSA, claims(nil), map[string]any{"jwk": jose.JSONWebKey{Key: &foreign.RSA.PublicKey}}), []string{"signature"}},
		"crit":               {compact(`{"alg":"RS256","kid":"rsa","crit":["b64"],"b64":false}`, claims(nil)) + "." + parts[2], []string{"header", "signature"}},
		"zip":                {compact(`{"alg":"RS256","kid":"rsa","zip":"DEF"}`, claims(nil)) + "." + parts[2], []string{"header", "signature"}},
		"logout token":       {k.RS256(claims(nil), map[string]any{"typ": "logout+jwt"}), []string{"typ"}},
		"encrypted":          {"e30.a.b.c.d", []string{"form"}},
		"opaque":             {"2YotnFZFEjr1zCsicMWpAA", []string{"form"}},
		"empty":              {"", []string{"form"}},
		"a million dots":     {strings.Repeat(".", 30_000), []string{"form"}},
		"huge":               {strings.Repeat("a", 1<<20), []string{"form"}},
		"padded base64":      {parts[0] + "=." + parts[1] + "." + parts[2], []string{"form"}},
		"standard alphabet":  {parts[0] + "." + parts[1] + ".ab+/", []string{"form"}},
		"newline":            {parts[0] + ".\n" + parts[1] + "." + parts[2], []string{"form"}},
		"duplicate claim":    {b64(`{"alg":"RS256"}`) + "." + b64(`{"iss":"a","iss":"b"}`) + ".", []string{"form"}},
		"case variant claim": {b64(`{"alg":"RS256"}`) + "." + b64(`{"iss":"a","ISS":"b"}`) + ".", []string{"form"}},
		"claims are a list":  {b64(`{"alg":"RS256"}`) + "." + b64(`[]`) + ".", []string{"form"}},
		"nested JWT":         {b64(`{"alg":"RS256"}`) + "." + b64(good) + ".", []string{"form"}},
		"bad UTF-8":          {b64(`{"alg":"RS256"}`) + "." + b64("{\"iss\":\"\xff\"}") + ".", []string{"form"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := oidc.CheckToken(tc.raw, published(t, k), expect())
			if r.OK() {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(tc.want, failed(r)); diff != "" {
				t.Error(diff)
			}
			if tc.raw != "" && len(parts[1]) > 0 && strings.Contains(fmt.Sprintf("%+v", r), parts[1]) {
				t.Error("the report holds a part of the token")
			}
		})
	}
}

func compact(header string, c map[string]any) string {
	payload, _ := json.Marshal(c)
	return b64(header) + "." + b64(string(payload))
}

func b64(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func TestCheckTokenNotes(t *testing.T) {
	k := optest.NewKeys(t)
	for name, word := range map[string]string{"jku": "jku", "x5u": "x5u", "nonce": "Graph"} {
		r := oidc.CheckToken(k.RS256(claims(nil), map[string]any{name: "https://evil.example.org"}), published(t, k), expect())
		if !strings.Contains(strings.Join(r.Notes, " "), word) {
			t.Errorf("%s: the notes %q do not tell of it", name, r.Notes)
		}
	}
}

// What go-oidc's verifier refuses, CheckToken refuses too; what CheckToken takes,
// go-oidc takes.
func TestCheckTokenAgainstGoOIDC(t *testing.T) {
	k := optest.NewKeys(t)
	verifier := gooidc.NewVerifier(issuer, &gooidc.StaticKeySet{PublicKeys: []crypto.PublicKey{&k.RSA.PublicKey, &k.EC.PublicKey}}, &gooidc.Config{
		ClientID: "keystone", SupportedSigningAlgs: []string{"RS256", "ES256"}, Now: func() time.Time { return now },
	})
	for name, over := range map[string]map[string]any{
		"right": nil, "issuer": {"iss": "x"}, "slash": {"iss": issuer + "/"}, "audience": {"aud": "x"},
		"expired": {"exp": now.Add(-time.Hour).Unix()}, "early": {"nbf": now.Add(time.Hour).Unix()}, "no expiry": {"exp": nil},
	} {
		raw := k.RS256(claims(over), nil)
		_, err := verifier.Verify(context.Background(), raw)
		if ours := oidc.CheckToken(raw, published(t, k), expect()).OK(); ours != (err == nil) {
			t.Errorf("%s: we say %v, go-oidc says %v", name, ours, err)
		}
	}
}

func FuzzCheckToken(f *testing.F) {
	k := optest.NewKeys(f)
	raw, _ := json.Marshal(k.Public())
	keys, err := oidc.ParseKeys(raw)
	if err != nil {
		f.Fatal(err)
	}
	good := k.RS256(claims(nil), nil)
	f.Add(good)
	f.Add("e30.e30.")
	f.Add("..")
	f.Fuzz(func(t *testing.T, text string) {
		if r := oidc.CheckToken(text, keys, expect()); r.OK() && text != good {
			t.Errorf("%q was accepted", text)
		}
	})
}
