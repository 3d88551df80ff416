package bearer_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	op1   = "https://op1.example.org"
	op2   = "https://op2.example.org"
	realm = "https://sso.example.org/realms/cloud"
)

// auth is the path at which a token of an identity provider is exchanged.
func auth(idp string) string {
	return "/v3/OS-FEDERATION/identity_providers/" + idp + "/protocols/openid/auth"
}

// statuses asks the same of both configurations.
func statuses(t *testing.T, fires, silent string, ask func(*prove.Site) int, options ...prove.Option) (before, after int) {
	t.Helper()
	return ask(prove.Start(t, fires, options...)), ask(prove.Start(t, silent, options...))
}

// wantStatuses is what a request gets with the firing configuration and with its
// mend.
func wantStatuses(t *testing.T, fires, silent string, before, after int, ask func(*prove.Site) int, options ...prove.Option) {
	t.Helper()
	gotBefore, gotAfter := statuses(t, fires, silent, ask, options...)
	if gotBefore != before || gotAfter != after {
		t.Errorf("fires %d, silent %d, want %d and %d", gotBefore, gotAfter, before, after)
	}
}

// token has a request with a token of an issuer at op1's path.
func token(t *testing.T, issuer string, parts ...prove.TokenPart) func(*prove.Site) int {
	return func(s *prove.Site) int { return exchange(t, s, "op1", s.Token(t, issuer, parts...)) }
}

func exchange(t *testing.T, s *prove.Site, idp, bearer string) int {
	t.Helper()
	return s.Ask(t, prove.Ask{Method: "POST", Path: auth(idp), Bearer: bearer}).Status
}

// opaque has a request with a token of op1 that only introspection can judge.
func opaque(t *testing.T) func(*prove.Site) int {
	return func(s *prove.Site) int { return exchange(t, s, "op1", s.Opaque(t, op1)) }
}

// wantRefused is a token that the firing configuration takes and the mend refuses,
// which takes the right one.
func wantRefused(t *testing.T, fires, silent string, wrong, right func(*prove.Site) int, options ...prove.Option) {
	t.Helper()
	wantStatuses(t, fires, silent, 201, 401, wrong, options...)
	if got := right(prove.Start(t, silent, options...)); got != 201 && len(options) == 0 {
		t.Errorf("the mend answers %d to a right token, want 201", got)
	}
}

// wantTaken is a right token that the firing configuration refuses.
func wantTaken(t *testing.T, fires, silent string, ask func(*prove.Site) int, options ...prove.Option) {
	t.Helper()
	wantStatuses(t, fires, silent, 401, 201, ask, options...)
}

// with gives a copy of a fixture with one more file.
func with(t *testing.T, fixture, name string, text []byte) string {
	t.Helper()
	to := t.TempDir()
	file := filepath.Join(to, name)
	err := os.CopyFS(to, os.DirFS(fixture))
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o755)
	}
	if err == nil {
		err = os.WriteFile(file, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// signer is a key of an issuer that is known by a certificate alone.
func signer(t *testing.T) (key *rsa.PrivateKey, certificate []byte) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "op1"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// signed is a token of op1 by a key of its own.
func signed(t *testing.T, key *rsa.PrivateKey, kid string) string {
	t.Helper()
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", kid))
	if err != nil {
		t.Fatal(err)
	}
	claims := map[string]any{"iss": op1, "sub": "alice", "aud": "keystone", "client_id": "keystone-cli", "exp": time.Now().Add(time.Hour).Unix()}
	text, err := jwt.Signed(s).Claims(claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// logs reports whether httpd's log has a text after a request.
func logs(t *testing.T, s *prove.Site, bearer string) bool {
	t.Helper()
	if got := exchange(t, s, "op1", bearer); got != 201 {
		t.Errorf("%d to a right token, want 201", got)
	}
	return strings.Contains(s.Log(), bearer)
}
