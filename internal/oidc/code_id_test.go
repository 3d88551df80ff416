package oidc_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// An ID token that is not this login's ends it, and the tokens are given back.
func TestCodeIDToken(t *testing.T) {
	cases := map[string]struct {
		claims map[string]any
		kind   oidc.Kind
		text   string
	}{
		"other nonce":    {map[string]any{"nonce": "another"}, oidc.Malformed, "nonce"},
		"other audience": {map[string]any{"aud": "wiki"}, oidc.Malformed, "aud is wiki"},
		"other issuer":   {map[string]any{"iss": "https://evil.example.org"}, oidc.IssuerMismatch, "evil.example.org"},
		"none":           {nil, oidc.Malformed, "no ID token"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			login := begun(t.Context(), t, op, cli("cli-secret-canary"), oidc.CodeOptions{})
			nonce := mustURL(t, login.URL()).Query().Get("nonce")
			op.Handle("/token", func(w http.ResponseWriter, _ *http.Request) {
				body := map[string]any{"access_token": "access", "refresh_token": "refresh", "token_type": "Bearer"}
				if tc.claims != nil {
					body["id_token"] = op.Sign(overlaid(map[string]any{"iss": op.URL, "aud": "cli", "nonce": nonce}, tc.claims))
				}
				optest.JSON(w, 200, body)
			})
			get(t, login.callback(t).String())
			_, err := login.end()
			expectError(t, err, tc.kind, tc.text)
			if diff := cmp.Diff([]string{"refresh", "access"}, op.Revoked()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func overlaid(base, over map[string]any) map[string]any {
	for name, v := range over {
		base[name] = v
	}
	return base
}
