package oidc_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// live is one issuer of the lab: two realms of a Keycloak, and oidc-provider.
type live struct {
	lab    *lab.Lab
	issuer lab.Issuer
	web    *http.Client
	doc    *oidc.Document
}

// eachIssuer runs a test on every issuer of the lab.
func eachIssuer(t *testing.T, test func(*testing.T, live)) {
	t.Helper()
	l := labtest.Open(t)
	for _, issuer := range l.Issuers {
		t.Run(issuer.Name, func(t *testing.T) {
			t.Parallel() // a device login waits five seconds before its first question
			web, err := oidc.NewHTTPClient(l.CAFile)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(web.CloseIdleConnections)
			doc, err := oidc.Discover(t.Context(), web, issuer.URL)
			if err != nil {
				t.Fatal(err)
			}
			test(t, live{l, issuer, web, doc})
		})
	}
}

// client is a client of the lab, with its own way to authenticate.
func (l live) client(t *testing.T, id string) oidc.Client {
	t.Helper()
	if id == "keystone-cli-key" {
		return oidc.Client{ID: id, Key: l.key(t, l.issuer.Name)}
	}
	return oidc.Client{ID: id, Secret: secret.New(labtest.Secret(t, l.lab, l.issuer.Name+"-"+id)), SecretInBody: id == "keystone-cli-post"}
}

func (l live) key(t *testing.T, issuer string) *oidc.SigningKey {
	t.Helper()
	key, err := oidc.LoadSigningKey(l.lab.SecretFile(issuer + "-keystone-cli-key"))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (l live) password(t *testing.T, c oidc.Client, user string) (oidc.Tokens, error) {
	t.Helper()
	word := secret.New(labtest.Secret(t, l.lab, l.issuer.Name+"-user-"+user))
	return oidc.Password(t.Context(), l.web, l.doc, c, user, word, []string{"openid"})
}

// clientsByMethod are the same client by each way to authenticate.
func clientsByMethod() []string {
	return []string{"keystone-cli", "keystone-cli-post", "keystone-cli-key"}
}

func TestLiveGrants(t *testing.T) {
	eachIssuer(t, func(t *testing.T, l live) {
		for _, id := range clientsByMethod() {
			t.Run(id, func(t *testing.T) {
				t.Parallel()
				l.everyGrant(t, id)
			})
		}
	})
}

func (l live) everyGrant(t *testing.T, id string) {
	c := l.client(t, id)
	own, err := oidc.ClientCredentials(t.Context(), l.web, l.doc, c, []string{"openid"})
	l.expect(t, own, err, id, "service-account-"+id)
	got, err := l.password(t, c, "alice")
	l.expect(t, got, err, id, "alice")
	l.refresh(t, c, got)
	t.Run("code", func(t *testing.T) { l.code(t, c) })
	t.Run("device", func(t *testing.T) { l.device(t, c) })
}

// expect holds an access token against what a resource server asks of it.
func (l live) expect(t *testing.T, got oidc.Tokens, err error, client, user string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := oidc.FetchKeys(t.Context(), l.web, l.doc.JWKSURI)
	if err != nil {
		t.Fatal(err)
	}
	report := oidc.CheckToken(got.Access.Reveal(), keys, oidc.Expect{Issuer: l.issuer.URL, Audience: "keystone", Clients: []string{client}})
	if !report.OK() {
		t.Errorf("the access token of %s: %v", user, report.Failed())
	}
	token, err := oidc.ParseToken(got.Access.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	if name, _ := token.Claims.Text("preferred_username"); name != user {
		t.Errorf("the token is %s's, want %s", name, user)
	}
	if left := time.Until(got.Expiry); left < 4*time.Minute || left > 5*time.Minute {
		t.Errorf("the token lives %s, want five minutes", left)
	}
}

// refresh refreshes twice; what was used is then worth nothing where the provider
// rotates refresh tokens, which corp does not.
func (l live) refresh(t *testing.T, c oidc.Client, first oidc.Tokens) {
	t.Helper()
	second, err := oidc.Refresh(t.Context(), l.web, l.doc, c, first.Refresh, nil)
	l.expect(t, second, err, c.ID, "alice")
	if second.Refresh.Reveal() == first.Refresh.Reveal() {
		t.Error("the refresh token was not replaced by the new one")
	}
	third, err := oidc.Refresh(t.Context(), l.web, l.doc, c, second.Refresh, nil)
	l.expect(t, third, err, c.ID, "alice")
	_, err = oidc.Refresh(t.Context(), l.web, l.doc, c, second.Refresh, nil)
	if l.issuer.Name == "corp" {
		if err != nil {
			t.Error(err)
		}
		return
	}
	expectError(t, err, oidc.GrantRefused, "invalid_grant")
	expectError(t, err, oidc.GrantRefused, "log in again")
}

func (l live) code(t *testing.T, c oidc.Client) {
	login, err := oidc.CodeStart(t.Context(), l.web, l.doc, c, []string{"openid"}, oidc.CodeOptions{LoginHint: "bob"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	got, failed := waiting(ctx, login.Wait)
	page := labtest.NewPerson(t, l.lab, l.issuer.Name, "bob").Open(t, login.URL())
	if !strings.Contains(page, "You can close this window") {
		t.Errorf("the last page is\n%s", page)
	}
	l.expect(t, <-got, <-failed, c.ID, "bob")
}

func (l live) device(t *testing.T, c oidc.Client) {
	login, err := oidc.DeviceStart(t.Context(), l.web, l.doc, c, []string{"openid"})
	if err != nil {
		t.Fatal(err)
	}
	page := labtest.NewPerson(t, l.lab, l.issuer.Name, "bob").Open(t, login.VerificationURIComplete)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	got, err := login.Wait(ctx)
	if err != nil {
		t.Logf("the last page was\n%s", page)
	}
	l.expect(t, got, err, c.ID, "bob")
}

// waiting waits beside the test.
func waiting(ctx context.Context, wait func(context.Context) (oidc.Tokens, error)) (<-chan oidc.Tokens, <-chan error) {
	got, failed := make(chan oidc.Tokens, 1), make(chan error, 1)
	go func() {
		tokens, err := wait(ctx)
		got <- tokens
		failed <- err
	}()
	return got, failed
}
