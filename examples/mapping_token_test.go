package examples_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// token logs in at the case's issuer.
func (w *mappingWorld) token(t *testing.T, c mappingCase) secret.Value {
	t.Helper()
	if c.issuer == "own" {
		return w.ownToken(c.claims)
	}
	i := slices.IndexFunc(w.lab.Issuers, func(known lab.Issuer) bool { return known.Name == c.issuer })
	doc, err := oidc.Discover(t.Context(), w.web, w.lab.Issuers[i].URL)
	if err != nil {
		t.Fatal(err)
	}
	client := oidc.Client{ID: "keystone-cli", Secret: w.secret(t, c.issuer+"-keystone-cli")}
	tokens, err := w.grant(t, c, doc, client)
	if err != nil {
		t.Fatal(err)
	}
	return tokens.Access
}

func (w *mappingWorld) grant(t *testing.T, c mappingCase, doc *oidc.Document, client oidc.Client) (oidc.Tokens, error) {
	t.Helper()
	if c.user == "" {
		return oidc.ClientCredentials(t.Context(), w.web, doc, client, nil)
	}
	password := w.secret(t, c.issuer+"-user-"+c.user)
	return oidc.Password(t.Context(), w.web, doc, client, c.user, password, []string{"openid", "profile", "email", "groups"})
}

// ownToken signs claims with the key of the test's own issuer.
func (w *mappingWorld) ownToken(claims map[string]any) secret.Value {
	now := time.Now().Unix()
	all := map[string]any{"iss": w.own.URL, "aud": "keystone", "sub": "u1", "azp": "keystone-cli", "client_id": "keystone-cli", "iat": now, "exp": now + 300}
	maps.Copy(all, claims)
	return secret.New(w.own.Keys.RS256(all, nil))
}

func (w *mappingWorld) secret(t *testing.T, name string) secret.Value {
	t.Helper()
	text, err := os.ReadFile(w.lab.SecretFile(name))
	if err != nil {
		t.Fatal(err)
	}
	return secret.New(strings.TrimSpace(string(text)))
}
