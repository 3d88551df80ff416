package oidc_test

import (
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

func TestLiveRefusals(t *testing.T) {
	eachIssuer(t, func(t *testing.T, l live) {
		t.Run("wrong secret", l.wrongSecret)
		t.Run("key of another client", l.wrongKey)
		t.Run("secret in the wrong place", l.wrongPlace)
		t.Run("wrong password", func(t *testing.T) {
			_, err := oidc.Password(t.Context(), l.web, l.doc, l.client(t, "keystone-cli"), "alice", secret.New("wrong"), nil)
			expectError(t, err, oidc.GrantRefused, "check the user name and password")
		})
		t.Run("grant not allowed", func(t *testing.T) {
			_, err := oidc.ClientCredentials(t.Context(), l.web, l.doc, l.client(t, "keystone"), nil)
			expectError(t, err, oidc.GrantRefused, "allow this grant for the client")
			_, err = l.password(t, l.client(t, "keystone"), "alice")
			expectError(t, err, oidc.GrantRefused, "allow this grant for the client")
		})
		t.Run("the person says no", l.personRefuses)
		t.Run("disabled", l.disabled)
		t.Run("revoked, and of another client", l.unknownRefresh)
	})
}

// wrongSecret: Keycloak says unauthorized_client where RFC 6749 section 5.2 wants invalid_client.
func (l live) wrongSecret(t *testing.T) {
	for _, inBody := range []bool{false, true} {
		c := oidc.Client{ID: "keystone-cli", Secret: secret.New("wrong-canary"), SecretInBody: inBody}
		_, err := oidc.ClientCredentials(t.Context(), l.web, l.doc, c, nil)
		expectError(t, err, oidc.GrantRefused, "probe: {client:")
		_, err = oidc.DeviceStart(t.Context(), l.web, l.doc, c, nil)
		expectError(t, err, oidc.GrantRefused, "probe: {client:")
	}
}

// wrongPlace: Keycloak takes a secret in either place from every client.
func (l live) wrongPlace(t *testing.T) {
	c := l.client(t, "keystone-cli-post")
	c.SecretInBody = false
	_, err := oidc.ClientCredentials(t.Context(), l.web, l.doc, c, nil)
	if l.issuer.Name == "campus" {
		expectError(t, err, oidc.GrantRefused, "how the client has to authenticate")
		return
	}
	if err != nil {
		t.Error(err)
	}
}

func (l live) wrongKey(t *testing.T) {
	other := map[string]string{"corp": "partner", "partner": "campus", "campus": "corp"}[l.issuer.Name]
	_, err := oidc.ClientCredentials(t.Context(), l.web, l.doc, oidc.Client{ID: "keystone-cli-key", Key: l.key(t, other)}, nil)
	expectError(t, err, oidc.GrantRefused, "probe: {client:")
	_, err = oidc.ClientCredentials(t.Context(), l.web, l.doc, oidc.Client{ID: "wiki", Key: l.key(t, l.issuer.Name)}, nil)
	expectError(t, err, oidc.GrantRefused, "probe: {client:")
}

func (l live) personRefuses(t *testing.T) {
	login, err := oidc.DeviceStart(t.Context(), l.web, l.doc, l.client(t, "keystone-cli"), nil)
	if err != nil {
		t.Fatal(err)
	}
	bob := labtest.NewPerson(t, l.lab, l.issuer.Name, "bob")
	bob.Refuses = true
	bob.Open(t, login.VerificationURIComplete)
	_, err = login.Wait(t.Context())
	expectError(t, err, oidc.GrantRefused, "access_denied")
	expectError(t, err, oidc.GrantRefused, "said no")
}

// disabled: somebody who was switched off neither logs in nor goes on with a refresh token.
func (l live) disabled(t *testing.T) {
	c := l.client(t, "keystone-cli")
	before, err := l.password(t, c, "carol")
	l.expect(t, before, err, "keystone-cli", "carol")
	t.Run("switched off", func(t *testing.T) {
		labtest.Disable(t, l.lab, l.issuer, "carol")
		_, err := l.password(t, c, "carol")
		expectError(t, err, oidc.GrantRefused, "invalid_grant")
		_, err = oidc.Refresh(t.Context(), l.web, l.doc, c, before.Refresh, nil)
		expectError(t, err, oidc.GrantRefused, "invalid_grant")
	})
	after, err := l.password(t, c, "carol")
	l.expect(t, after, err, "keystone-cli", "carol")
}

func (l live) unknownRefresh(t *testing.T) {
	got, err := l.password(t, l.client(t, "keystone-cli"), "alice")
	l.expect(t, got, err, "keystone-cli", "alice")
	if err := oidc.Revoke(t.Context(), l.web, l.doc, l.client(t, "keystone-cli"), got.Refresh); err != nil {
		t.Fatal(err)
	}
	_, err = oidc.Refresh(t.Context(), l.web, l.doc, l.client(t, "keystone-cli"), got.Refresh, nil)
	expectError(t, err, oidc.GrantRefused, "log in again")
	_, err = oidc.Refresh(t.Context(), l.web, l.doc, l.client(t, "keystone-cli-key"), got.Refresh, nil)
	expectError(t, err, oidc.GrantRefused, "invalid_grant")
}

// The clients with one thing wrong: nothing else is.
func TestLiveFlaws(t *testing.T) {
	eachIssuer(t, func(t *testing.T, l live) {
		for id, flaw := range map[string]string{"short": "exp", "early": "nbf", "elsewhere": "aud", "wiki": "client"} {
			t.Run(id, func(t *testing.T) { l.flaw(t, id, flaw) })
		}
	})
}

func (l live) flaw(t *testing.T, id, flaw string) {
	own, err := oidc.ClientCredentials(t.Context(), l.web, l.doc, l.client(t, id), []string{"openid"})
	if err != nil {
		t.Fatal(err)
	}
	person, err := l.password(t, l.client(t, id), "alice")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := oidc.FetchKeys(t.Context(), l.web, l.doc.JWKSURI)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]oidc.Tokens{"its own": own, "alice's": person} {
		want := oidc.Expect{Issuer: l.issuer.URL, Audience: "keystone", Clients: []string{"keystone-cli"}}
		if id == "short" {
			want.Now = time.Now().Add(time.Minute)
		}
		failed := oidc.CheckToken(got.Access.Reveal(), keys, want).Failed()
		if len(failed) != 1 || failed[0].Name != flaw {
			t.Errorf("%s token fails %v, want %s alone", name, failed, flaw)
		}
	}
	if left := time.Until(own.Expiry); id == "short" && left > 2*time.Second {
		t.Errorf("it lives %s, want 2 s", left)
	}
}
