package login_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

func TestGrants(t *testing.T) {
	password := grant("password")
	password.Username, password.Password = spec.Text{Value: "alice"}, spec.Secret{Env: spec.Text{Value: "ALICE"}}
	cases := map[string]struct {
		probe   spec.Probe
		subject string
		own     bool
	}{
		"client_credentials": {grant("client_credentials"), "service-cli", true},
		"password":           {password, "alice", true},
		"device":             {grant("device"), "alice", false},
		"code":               {grant("code"), "alice", false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			l := w.logins()
			got := w.get(l, w.place(tc.probe))
			token, err := oidc.ParseToken(got.Bearer.Reveal())
			if err != nil {
				t.Fatal(err)
			}
			subject, _ := token.Claims.Text("sub")
			if subject != tc.subject || got.How != "by grant "+name || got.Own != tc.own || !got.Asked {
				t.Errorf("token of %q %q, own %v, asked %v", subject, got.How, got.Own, got.Asked)
			}
			if masked := l.Mask.Redact(got.Tokens.Refresh.Reveal()); strings.Contains(masked, "canary") {
				t.Error("the refresh token is not masked")
			}
		})
	}
}

func TestDeviceIsShown(t *testing.T) {
	w := newWorld(t)
	l := w.logins()
	w.get(l, w.place(grant("device")))
	shown := l.Person.(*browsing).shown
	if len(shown) != 1 || shown[0].Issuer != w.op.URL || shown[0].Code != "WDJB-MJHT" || shown[0].URI != w.op.URL+"/verify" || !strings.HasPrefix(shown[0].Complete, w.op.URL) || shown[0].Expires.IsZero() {
		t.Errorf("shown: %+v", shown)
	}
}

func TestNobodyThere(t *testing.T) {
	w := newWorld(t)
	l := w.without()
	l.Person = nil
	if _, err := l.Get(t.Context(), w.code()); err == nil || !strings.Contains(err.Error(), "person") || w.asked() != 0 {
		t.Errorf("%v after %d requests", err, w.asked())
	}
}

func TestGivenTokens(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte("file-token-canary\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, exec := grant("file"), grant("exec")
	file.TokenFile, exec.Token = spec.Text{Value: path}, spec.Secret{Env: spec.Text{Value: "EXEC"}}
	l := w.logins()
	var got []string
	for _, p := range []spec.Probe{file, grant("stdin"), grant("stdin"), exec} {
		g := w.get(l, w.place(p))
		got = append(got, g.Bearer.Reveal()+" "+g.How)
	}
	want := []string{"file-token-canary from a file", "stdin-token-canary from standard input", "stdin-token-canary from standard input", "exec-token-canary from a command"}
	if diff := cmp.Diff(want, got); diff != "" || w.asked() != 0 {
		t.Errorf("%d requests\n%s", w.asked(), diff)
	}
	long := w.logins()
	long.Stdin = strings.NewReader(strings.Repeat("a", 33<<10))
	if _, err := long.Get(t.Context(), w.place(grant("stdin"))); oidc.KindOf(err) != oidc.TooLarge {
		t.Errorf("a long token: %v", err)
	}
}

// TestIDTokenAsBearer: an ID token's own end counts, not the access token's.
func TestIDTokenAsBearer(t *testing.T) {
	w := newWorld(t)
	w.op.Claims["exp"] = w.now.Add(2 * time.Minute).Unix()
	at := w.code()
	at.IDP.Bearer.Token.Value = "id"
	got := w.get(w.logins(), at)
	if got.Bearer.Reveal() != got.Tokens.ID.Reveal() {
		t.Error("the bearer is not the ID token")
	}
	w.now = w.now.Add(100 * time.Second)
	if again := w.get(w.logins(), at); again.How != "refreshed" {
		t.Errorf("after its end: %q", again.How)
	}
}

// TestMemory: without a cache the targets of one run share a person's login, and
// the end of the run withdraws it.
func TestMemory(t *testing.T) {
	w := newWorld(t)
	l := w.without()
	first, second := w.get(l, w.code()), w.get(l, w.code())
	if first.Bearer != second.Bearer || w.op.Asked("/authorize") != 1 || first.Own {
		t.Errorf("%d logins, %q and %q", w.op.Asked("/authorize"), first.How, second.How)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	l.Close(ended)
	want := []string{first.Tokens.Refresh.Reveal(), first.Tokens.Access.Reveal()}
	if diff := cmp.Diff(want, w.op.Revoked()); diff != "" {
		t.Error(diff)
	}
}

// TestOwnRefreshToken: the description's own refresh token outlives a run.
func TestOwnRefreshToken(t *testing.T) {
	w := newWorld(t)
	w.op.KeepRefresh = true
	refresh := w.get(w.logins(), w.code()).Tokens.Refresh
	p := grant("refresh")
	l := w.without()
	resolve := l.Resolve
	l.Resolve = func(s spec.Secret) (v secret.Value, err error) {
		if s.Env.Value == "REFRESH" {
			return refresh, nil
		}
		return resolve(s)
	}
	p.RefreshToken = spec.Secret{Env: spec.Text{Value: "REFRESH"}}
	got := w.get(l, w.place(p))
	l.Close(t.Context())
	if slices.Contains(w.op.Revoked(), refresh.Reveal()) || !slices.Contains(w.op.Revoked(), got.Tokens.Access.Reveal()) {
		t.Error("the refresh token of the description was withdrawn, or the access token was not")
	}
}
