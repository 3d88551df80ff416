package prove_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestResponseModes: an issuer answers as the configuration asks it to.
func TestResponseModes(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string]string{
		"form_post": "OIDCResponseType code\n  OIDCResponseMode form_post",
		"implicit":  "OIDCResponseType id_token",
		"hybrid":    `OIDCResponseType "code id_token"`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := prove.Start(t, "testdata/good", prove.Replace("OIDCResponseType code", lines, "OIDCPKCEMethod S256", "",
				`"response_types_supported": ["code"]`, `"response_types_supported": ["code", "id_token", "code id_token"]`))
			got, trace := site.Login(t, websso, op1, "alice")
			if got.Status != 200 || got.Env["OIDC-iss"] != op1 {
				t.Errorf("%d\n%s%s", got.Status, trace, got.Body)
			}
		})
	}
}

// TestIssuers: what issuers are made to say arrives.
func TestIssuers(t *testing.T) {
	t.Parallel()
	t.Run("ID token", func(t *testing.T) {
		t.Parallel()
		site := prove.Start(t, "testdata/good", prove.WithIssuers(prove.Issuers{IDToken: func(_ string, c prove.Claims) { c["aud"] = "wiki" }}))
		if got, trace := site.Login(t, websso, op1, "alice"); got.Env != nil || got.Status == 302 {
			t.Errorf("an ID token for another client: %d\n%s", got.Status, trace)
		}
	})
	t.Run("userinfo", func(t *testing.T) {
		t.Parallel()
		site := prove.Start(t, "testdata/good", prove.WithIssuers(prove.Issuers{UserInfo: func(_ string, c prove.Claims) { c["department"] = "physics" }}))
		if got, trace := site.Login(t, websso, op1, "alice"); got.Env["OIDC-department"] != "physics" {
			t.Errorf("%d %v\n%s", got.Status, got.Names("OIDC-"), trace)
		}
	})
	t.Run("instead", func(t *testing.T) {
		t.Parallel()
		down := func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasSuffix(r.URL.Path, "/jwks") {
				http.Error(w, "down", http.StatusServiceUnavailable)
				return true
			}
			return false
		}
		site := prove.Start(t, "testdata/good", prove.WithIssuers(prove.Issuers{Instead: down}))
		if got := site.Ask(t, prove.Ask{Path: auth, Bearer: site.Token(t, op1)}); got.Status != 401 {
			t.Errorf("without keys: %d, want 401", got.Status)
		}
	})
	t.Run("introspection", func(t *testing.T) {
		t.Parallel()
		site := prove.Start(t, "testdata/introspection", prove.WithIssuers(prove.Issuers{Introspection: func(_ string, c prove.Claims) {
			if c["sub"] == "user-mallory" {
				c["active"] = false
			}
		}}))
		for want, token := range map[int]string{201: site.Opaque(t, corp), 401: site.Opaque(t, corp, prove.Claims{"sub": "user-mallory"})} {
			if got := site.Ask(t, prove.Ask{Path: auth, Bearer: token}); got.Status != want {
				t.Errorf("an opaque token: %d, want %d", got.Status, want)
			}
		}
	})
}
