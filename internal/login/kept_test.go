package login_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestKept: another process asks the issuer nothing, and needs no secret.
func TestKept(t *testing.T) {
	w := newWorld(t)
	first := w.get(w.logins(), w.code())
	before := w.asked()
	other := w.logins()
	other.Resolve = func(spec.Secret) (secret.Value, error) { t.Error("a secret was asked for"); return secret.Value{}, nil }
	w.now = w.now.Add(30 * time.Second)
	second := w.get(other, w.code())
	if w.asked() != before || second.Bearer != first.Bearer || second.How != "cached, 4 min left" || second.Asked || second.Own {
		t.Errorf("%d requests more, %q", w.asked()-before, second.How)
	}
}

// TestKeepAll: only token keeps what a client can get again at any time.
func TestKeepAll(t *testing.T) {
	w := newWorld(t)
	at := w.place(grant("client_credentials"))
	w.get(w.logins(), at)
	if files, _ := os.ReadDir(w.dir); len(files) != 0 {
		t.Errorf("probe keeps %d files", len(files))
	}
	for range 2 {
		l := w.logins()
		l.KeepAll = true
		w.get(l, at)
	}
	if w.op.Asked("/token") != 2 {
		t.Errorf("%d requests, want one for each kind of use", w.op.Asked("/token"))
	}
}

func TestSilentRefresh(t *testing.T) {
	w := newWorld(t)
	first := w.get(w.logins(), w.code())
	for range 2 { // the second time by the refresh token that the first has brought
		w.now = w.now.Add(5 * time.Minute)
		got := w.get(w.logins(), w.code())
		if got.How != "refreshed" || w.op.Asked("/authorize") != 1 {
			t.Fatalf("%q, %d logins", got.How, w.op.Asked("/authorize"))
		}
		if !strings.Contains(w.text(), got.Tokens.Refresh.Reveal()) || strings.Contains(w.text(), first.Tokens.Refresh.Reveal()) {
			t.Error("the changed refresh token is not what is kept")
		}
	}
}

// TestMargin: a token that would end on its way is not used.
func TestMargin(t *testing.T) {
	w := newWorld(t)
	w.get(w.logins(), w.code())
	w.now = w.now.Add(5*time.Minute - login.Margin + time.Second)
	if got := w.get(w.logins(), w.code()); got.How != "refreshed" {
		t.Errorf("with less than the margin left: %q", got.How)
	}
}

func TestRefusedRefresh(t *testing.T) {
	w := newWorld(t)
	w.get(w.logins(), w.code())
	edit(t, w, func(r map[string]any) { r["refresh_token"] = "unknown-canary" })
	w.now = w.now.Add(time.Hour)
	got := w.get(w.logins(), w.code())
	if got.How != "by grant code" || w.op.Asked("/authorize") != 2 || len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "invalid_grant") || strings.Contains(got.Notes[0], "canary") {
		t.Errorf("%q, notes %q", got.How, got.Notes)
	}
}

// TestIssuerDown: a refresh token is not given up because nobody answers.
func TestIssuerDown(t *testing.T) {
	w := newWorld(t)
	w.get(w.logins(), w.code())
	before := w.text()
	w.now = w.now.Add(time.Hour)
	w.op.Handle("/token", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	_, err := w.logins().Get(t.Context(), w.code())
	if oidc.KindOf(err) != oidc.Network || w.op.Asked("/authorize") != 1 || w.text() != before {
		t.Errorf("%v, %d logins", err, w.op.Asked("/authorize"))
	}
}

// TestInterruptedRefresh: what the issuer has changed is stored, whoever hung up.
func TestInterruptedRefresh(t *testing.T) {
	w := newWorld(t)
	first := w.get(w.logins(), w.code())
	w.now = w.now.Add(time.Hour)
	ctx, interrupt := context.WithCancel(t.Context())
	w.op.Handle("/token", func(rw http.ResponseWriter, r *http.Request) {
		interrupt()
		time.Sleep(50 * time.Millisecond)
		token := w.op.Sign(w.op.AccessClaims("cli", "alice"))
		optest.JSON(rw, 200, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 300, "refresh_token": "changed-canary"})
	})
	_, _ = w.logins().Get(ctx, w.code())
	if text := w.text(); !strings.Contains(text, "changed-canary") || strings.Contains(text, first.Tokens.Refresh.Reveal()) {
		t.Error("the changed refresh token was lost")
	}
}

// TestAtOnce: processes that need the same login at once make one.
func TestAtOnce(t *testing.T) {
	w := newWorld(t)
	var all sync.WaitGroup
	bearers := make([]string, 8)
	for i := range bearers {
		all.Go(func() { bearers[i] = w.get(w.logins(), w.code()).Bearer.Reveal() })
	}
	all.Wait()
	if w.op.Asked("/authorize") != 1 || len(slices.Compact(bearers)) != 1 {
		t.Errorf("%d logins for %d processes", w.op.Asked("/authorize"), len(bearers))
	}
}

// TestWaitingIsTold: whoever waits for another process is told why, and may give up.
func TestWaitingIsTold(t *testing.T) {
	w := newWorld(t)
	holder := w.logins()
	unlock, err := holder.Cache.Lock(t.Context(), login.Name(w.code()), func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	waiter := w.logins()
	_, err = waiter.Get(ctx, w.code())
	if told := waiter.Person.(*browsing).told; oidc.KindOf(err) != oidc.Timeout || len(told) != 1 || !strings.Contains(told[0], w.op.URL) {
		t.Errorf("%v, told %q", err, told)
	}
}

// TestOtherLogins: what differs in any part is another login.
func TestOtherLogins(t *testing.T) {
	w := newWorld(t)
	named, wider := w.code(), w.code()
	named.IDP.Probe.Username.Value = "bob"
	wider.IDP.Probe.Scopes = append(wider.IDP.Probe.Scopes, spec.Text{Value: "offline_access"})
	names := []string{login.Name(w.code()), login.Name(named), login.Name(wider), login.Name(w.place(grant("device")))}
	slices.Sort(names)
	if len(slices.Compact(names)) != 4 || strings.Contains(strings.Join(names, ""), "canary") {
		t.Errorf("names %q", names)
	}
}

func TestLogout(t *testing.T) {
	w := newWorld(t)
	l := w.logins()
	got := w.get(l, w.code())
	had, err := l.Logout(t.Context(), w.code())
	if want := []string{got.Tokens.Refresh.Reveal(), got.Tokens.Access.Reveal()}; err != nil || !had || !slices.Equal(w.op.Revoked(), want) {
		t.Errorf("%v %v, revoked %q", had, err, w.op.Revoked())
	}
	if had, err := l.Logout(t.Context(), w.code()); had || err != nil {
		t.Errorf("a second time: %v %v", had, err)
	}
	w.get(l, w.code())
	w.op.Handle("/revoke", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	if had, err := l.Logout(t.Context(), w.code()); !had || oidc.KindOf(err) != oidc.Network {
		t.Errorf("issuer down: %v %v", had, err)
	}
	if names, err := l.Cache.Names(""); len(names) != 0 || err != nil {
		t.Errorf("left: %q, %v", names, err)
	}
}

// edit changes the only record of the cache.
func edit(t *testing.T, w *world, change func(map[string]any)) {
	t.Helper()
	var r map[string]any
	if err := json.Unmarshal([]byte(w.text()), &r); err != nil {
		t.Fatal(err)
	}
	change(r)
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.file(), text, 0o600); err != nil {
		t.Fatal(err)
	}
}
