package probe

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/spec"
)

// A token that is to age is not used before, and an interrupt ends the wait.
func TestWaitForAToken(t *testing.T) {
	c := newCloud(t, "corp")
	op := c.ops["corp"]
	c.mustRefuse(t, "short", op.Sign(map[string]any{"iss": op.URL, "exp": time.Now().Add(-time.Minute).Unix()}))
	refused := &c.fed.IdentityProviders[0].Probe.Refused[0]
	refused.After = text("300ms")
	began := time.Now()
	if bad := failing(isolated(t, c)); len(bad) > 0 || time.Since(began) < 300*time.Millisecond {
		t.Errorf("after %v: %+v", time.Since(began), bad)
	}
	refused.After = text("60s")
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	opts := c.options(t)
	opts.Isolation = true
	r, err := Run(ctx, c.fed, opts)
	if err != nil || time.Since(began) > 10*time.Second {
		t.Fatalf("%v after %v", err, time.Since(began))
	}
	if cell := failing(r)["corp/short at "+authPath("corp")+", cold"]; cell.Verdict != Skip || !strings.Contains(cell.Cause, "time limit") {
		t.Errorf("%+v", cell)
	}
	c.expectAllRevoked(t)
}

// A client that is described and gets no token proves nothing, and that is told.
func TestRefusedClientWithoutToken(t *testing.T) {
	c := newCloud(t, "corp")
	c.fed.IdentityProviders[0].Probe.Refused = []spec.Refused{
		{Name: text("gone"), Client: spec.Client{ID: text("gone"), Secret: spec.Secret{Env: text("gone-secret-canary")}}},
		{Name: text("lost"), TokenFile: text("/no/such/file")},
	}
	bad := failing(isolated(t, c))
	for name, cause := range map[string]string{"gone": "invalid_client", "lost": "no such file"} {
		if cell := bad["corp/"+name+" at "+authPath("corp")+", cold"]; cell.Verdict != Fail || !strings.Contains(cell.Cause, cause) {
			t.Errorf("%s: %+v", name, cell)
		}
	}
	if len(bad) != 4 {
		t.Errorf("%d cells failed, want 4", len(bad))
	}
}

// However much is asked at the same time, one door is asked one thing at a time.
func TestDoorsAreAskedOneByOne(t *testing.T) {
	names := []string{"a", "b", "c", "d"}
	c := newCloud(t, names...)
	var busy, most atomic.Int32
	for _, name := range names {
		var here atomic.Int32
		c.at(authPath(name), func(w http.ResponseWriter, r *http.Request) {
			if here.Add(1) > 1 {
				t.Errorf("%s is asked twice at a time", name)
			}
			if n := busy.Add(1); n > most.Load() {
				most.Store(n)
			}
			time.Sleep(time.Millisecond)
			busy.Add(-1)
			here.Add(-1)
			c.httpd(w, r)
		})
	}
	opts := c.options(t)
	opts.Isolation, opts.Slots = true, NewSlots(4)
	if r := run(t, c, opts); !r.OK() {
		t.Error(told(r))
	}
	if most.Load() < 2 {
		t.Error("no two doors were asked at the same time")
	}
	c.expectAllRevoked(t)
}

// The n × n part grows with n, and no further.
func TestMostDoors(t *testing.T) {
	for n, want := range map[int]int{1: 1, 3: 9, 32: 32 * 32, 100: 100 * 32} {
		var visits []*visit
		for i := range n {
			visits = append(visits, &visit{found: Provider{ID: fmt.Sprint(i)}, idp: &spec.IdentityProvider{}, facts: map[fact]bool{haveToken: true}})
		}
		trials, own := tokenTrials(visits), 0
		for _, trial := range trials {
			if trial.want == letIn {
				own++
			}
		}
		if len(trials) != want || own != n {
			t.Errorf("%d issuers: %d cells, %d of them own; want %d and %d", n, len(trials), own, want, n)
		}
	}
}

// An interrupt while a forged token is let in leaves no Keystone token.
func TestInterruptInTheMatrix(t *testing.T) {
	c := newCloud(t, "corp")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c.at(authPath("corp"), func(w http.ResponseWriter, r *http.Request) {
		if headed(algorithm("none"))(c, bearerOf(r)) {
			cancel()
			c.issue(w, "corp", bearerOf(r))
			return
		}
		c.httpd(w, r)
	})
	opts := c.options(t)
	opts.Isolation = true
	r, err := Run(ctx, c.fed, opts)
	if err != nil || r.Stopped != "interrupted" || len(c.issued) != 1 {
		t.Errorf("stopped %q, %d tokens, error %v", r.Stopped, len(c.issued), err)
	}
	c.expectAllRevoked(t)
}
