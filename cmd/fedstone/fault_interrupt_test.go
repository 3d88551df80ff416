package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// gate holds the first request that comes to it until the caller was interrupted.
type gate struct {
	reached chan struct{}
	open    chan struct{}
	once    sync.Once
}

func newGate() *gate { return &gate{reached: make(chan struct{}), open: make(chan struct{})} }

// before lets next answer once the gate is open. A request that its sender gave
// up is answered too, as a server may do that has begun to work on it.
func (g *gate) before(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		g.once.Do(func() { close(g.reached) })
		<-g.open
		r = r.Clone(context.WithoutCancel(r.Context()))
		r.Body = io.NopCloser(bytes.NewReader(body))
		next(w, r)
	}
}

// interrupted runs a call up to the gate, interrupts it there, and opens the gate.
func (c caller) interrupted(g *gate, args ...string) called {
	c.t.Helper()
	r := c.start(args...)
	select {
	case <-g.reached:
	case <-time.After(30 * time.Second):
		c.t.Error("the call did not come to the place where it was to be interrupted")
	}
	r.interrupt(c.t)
	time.Sleep(50 * time.Millisecond) // the signal is on its way; too late is no fault either
	close(g.open)
	return c.end(r)
}

// TestInterruptedDiscovery: nothing is begun.
func TestInterruptedDiscovery(t *testing.T) {
	for name, args := range map[string][]string{
		"render":          {"render", "-o", "new"},
		"render, old":     {"render", "-o", "old"},
		"init":            {"init", "--issuer", "ISSUER", "--ca-file", "CA", "-o", "new.yaml"},
		"init, --force":   {"init", "--issuer", "ISSUER", "--ca-file", "CA", "-o", "mine.yaml", "--force"},
		"render, --check": {"render", "-o", "old", "--check"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, op, _ := describedCaller(t)
			c.t = t
			c.file("mine.yaml", "mine\n")
			c.run("render", "-o", "old").expect(t, exitClean)
			c.another()
			g := newGate()
			op.Handle(wellKnown, g.before(func(w http.ResponseWriter, _ *http.Request) { optest.JSON(w, 200, op.Document) }))
			unchanged(t, c.dir, func() {
				done := c.interrupted(g, replaced(args, map[string]string{"ISSUER": op.URL, "CA": op.CAFile})...)
				done.expect(t, exitInterrupted, "interrupt")
				done.silent(t)
			})
		})
	}
}

func replaced(args []string, by map[string]string) []string {
	var out []string
	for _, a := range args {
		if value, ok := by[a]; ok {
			a = value
		}
		out = append(out, a)
	}
	return out
}

// TestInterruptedApply: the token is revoked wherever the interrupt comes, and
// the next run completes the work.
func TestInterruptedApply(t *testing.T) {
	for request, status := range map[string]int{
		"POST /v3/auth/tokens": exitInterrupted, "GET /v3/roles": exitInterrupted, "POST /v3/domains": exitInterrupted,
		"PUT /v3/OS-FEDERATION/mappings/corp": exitInterrupted, "PUT /v3/OS-FEDERATION/identity_providers/corp": exitInterrupted,
		"DELETE /v3/auth/tokens": exitClean, // everything was done by then
	} {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			c, _, at := describedCaller(t)
			c.env["OS_AUTH_URL"], c.env["OS_CACERT"] = at.TLS, at.CAFile
			g := newGate()
			at.at(request, g.before(at.usual))
			c.interrupted(g, "apply").expect(t, status)
			if n := at.ValidTokens(); n != 0 {
				t.Errorf("%d tokens are still valid", n)
			}
			at.at(request, nil)
			c.run("apply").expect(t, exitClean)
			c.run("apply", "--plan").expect(t, exitClean, "7 unchanged")
			if n := at.ValidTokens(); n != 0 {
				t.Errorf("%d tokens are still valid", n)
			}
		})
	}
}

// TestInterruptedProbe: the report says how far it came, and every token is
// revoked, at Keystone and at the issuer.
func TestInterruptedProbe(t *testing.T) {
	for _, request := range []string{
		"GET /v3", "POST " + corpAuth, "GET /v3/auth/projects", "POST /v3/auth/tokens", "GET /v3/auth/catalog", "DELETE /v3/auth/tokens",
	} {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			c, op, at := describedCaller(t)
			g := newGate()
			at.at(request, g.before(at.usual))
			c.interrupted(g, "probe", "--isolation").expect(t, exitInterrupted, "interrupted")
			if n := at.ValidTokens(); n != 0 {
				t.Errorf("%d tokens are still valid", n)
			}
			if issued, revoked := op.Asked("/token"), len(op.Revoked()); issued != revoked {
				t.Errorf("the issuer gave %d tokens, and %d were revoked", issued, revoked)
			}
		})
	}
}

// TestInterruptedLogin: the issuer is just making the token.
func TestInterruptedLogin(t *testing.T) {
	c, op, at := describedCaller(t)
	g := newGate()
	token := op.Sign(op.AccessClaims("cli", "service-cli"))
	op.Handle("/token", g.before(func(w http.ResponseWriter, _ *http.Request) {
		optest.JSON(w, 200, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 300})
	}))
	c.interrupted(g, "probe").expect(t, exitInterrupted, "interrupted")
	if revoked := op.Revoked(); len(revoked) != 1 || revoked[0] != token {
		t.Errorf("%d tokens of the issuer were revoked, want the one it gave", len(revoked))
	}
	if n := at.ValidTokens(); n != 0 {
		t.Errorf("%d tokens are still valid", n)
	}
}

// TestInterruptedSecret: a command that asks a person ends with the call.
func TestInterruptedSecret(t *testing.T) {
	c, _, _ := describedCaller(t)
	c.file("federation.yaml", `version: 1
keystone: {url: "https://keystone.example.org:5000"}
platform: debian-12
httpd: {crypto_passphrase: {exec: [sh, -c, "touch asked; exec sleep 300"]}}
identity_providers:
  corp:
    issuer: https://sso.example.org
    metadata: corp.json
    client: {id: keystone, secret: {file: client-secret}}
    rules:
      - user: {name: "{preferred_username}"}
`)
	c.file("corp.json", `{"issuer": "https://sso.example.org", "authorization_endpoint": "https://sso.example.org/a",
		"token_endpoint": "https://sso.example.org/t", "jwks_uri": "https://sso.example.org/j"}`)
	r := c.start("render", "--offline", "--allow-exec", "-o", "new")
	for waited := time.Duration(0); waited < 30*time.Second; waited += 20 * time.Millisecond {
		if _, err := os.Stat(filepath.Join(c.dir, "asked")); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.interrupt(t)
	c.end(r).expect(t, exitInterrupted)
	if entries := treeOf(t, filepath.Join(c.dir, "new")); len(entries) > 0 {
		t.Errorf("something was written: %v", entries)
	}
}
