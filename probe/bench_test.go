package probe

import (
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
)

// still201 is a Keystone that takes no time, so that our own is measured.
func still201(b testing.TB) *cloud {
	c := newCloud(b, "corp")
	c.at(authPath("corp"), func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Subject-Token", "gAAAAABbench")
		optest.JSON(w, 201, unscoped("corp"))
	})
	return c
}

func BenchmarkExchange(b *testing.B) {
	c := still201(b)
	web := c.options(b).Client
	bearer := secret.New("a.b.c")
	for b.Loop() {
		a, err := keystone.Exchange(b.Context(), web, c.web.URL, "corp", "openid", bearer)
		if err != nil || a.Status != 201 {
			b.Fatal(a.Status, err)
		}
	}
}

// The exchange is one POST, and the rescope goes over the same connection.
func TestOneConnection(t *testing.T) {
	c := newCloud(t, "corp")
	var dialled, requests atomic.Int32
	opts := c.options(t)
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
		ConnectStart: func(string, string) { dialled.Add(1) },
		WroteRequest: func(httptrace.WroteRequestInfo) { requests.Add(1) },
	})
	op := c.ops["corp"]
	a, err := keystone.Exchange(ctx, opts.Client, c.web.URL, "corp", "openid", secret.New(op.Sign(op.AccessClaims("cli", "alice"))))
	if err != nil {
		t.Fatal(err)
	}
	s := keystone.Session{Client: opts.Client, URL: c.web.URL, Token: a.Token()}
	if scoped, err := s.Rescope(ctx, "p1"); err != nil || scoped.Status != 201 {
		t.Fatal(scoped.Status, err)
	}
	if dialled.Load() != 1 || requests.Load() != 2 {
		t.Errorf("%d connections and %d requests, want 1 and 2", dialled.Load(), requests.Load())
	}
}
