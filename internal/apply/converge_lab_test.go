package apply_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/spec"
)

// interruption ends a run at its n-th request: before it is sent, while Keystone
// works on it, or when its answer is there and has not been looked at.
type interruption struct {
	next   http.RoundTripper
	cancel context.CancelFunc
	left   *atomic.Int32
	when   int           // 0 before, 1 meanwhile, 2 after
	pause  time.Duration // into the request
}

func (i interruption) RoundTrip(r *http.Request) (*http.Response, error) {
	if i.left.Add(-1) != 0 {
		return i.next.RoundTrip(r)
	}
	switch i.when {
	case 0:
		i.cancel()
	case 1:
		time.AfterFunc(i.pause, i.cancel)
	case 2:
		defer i.cancel()
	}
	return i.next.RoundTrip(r)
}

// interrupted plans and executes until the interruption, and reports whether it came.
func (g target) interrupted(t *testing.T, fed *spec.Federation, m map[string]json.RawMessage, dice *mathrand.Rand) bool {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	left := new(atomic.Int32)
	left.Store(1 + dice.Int32N(70))
	provider, client := *g.client.ProviderClient, *g.client
	provider.HTTPClient.Transport = interruption{provider.HTTPClient.Transport, cancel, left, dice.IntN(3), time.Duration(dice.IntN(20)) * time.Millisecond}
	client.ProviderClient = &provider
	changes, list, err := apply.Plan(ctx, apply.Live(&client), fed, m, g.opts)
	if err == nil && !list.HasErrors() {
		err = apply.Execute(ctx, changes, g.opts.Parallel, func(apply.Change) {})
	}
	if list.HasErrors() || err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupt is no other failure: %v %v", err, list)
	}
	return err != nil
}

// lives are the two descriptions between which a run is interrupted: issuers change
// places, rules and roles change, a group and an identity provider go.
func lives(g target) (before, after *spec.Federation, m func(*spec.Federation) map[string]json.RawMessage) {
	before, after, m = states(g)
	before.Keystone.Owner, after.Keystone.Owner = text("production"+g.suffix), text("production"+g.suffix)
	before.IdentityProviders = append(before.IdentityProviders, g.provider("gone"))
	after.IdentityProviders[1].Groups[0].Grants[0].Roles = texts("reader")
	return before, after, m
}

// TestInterruptedRunsConverge interrupts runs against a real Keystone at random
// points, up to three times each, and lets the next one through. Nothing is left
// to do then, and the objects are those of a run that nobody interrupted.
func TestInterruptedRunsConverge(t *testing.T) {
	client := connect(t, labEnv(t))
	fresh := func(t *testing.T) target {
		g := target{client: client, suffix: "-" + strings.ToLower(rand.Text()[:8]), opts: apply.Options{Prune: true, Parallel: 4}}
		t.Cleanup(func() { g.remove(t) })
		return g
	}
	undisturbed := fresh(t)
	before, after, m := lives(undisturbed)
	undisturbed.apply(t, before, m(before))
	undisturbed.apply(t, after, m(after))
	want := undisturbed.snapshot(t)
	if len(want) < 15 {
		t.Fatalf("this is not what the test is about: %q", want)
	}
	interrupts := 0
	for n := range trials(50, 1) {
		t.Run(fmt.Sprint(n+1), func(t *testing.T) { interrupts += converges(t, fresh(t), want) })
	}
	t.Logf("%d interrupts", interrupts)
}

// trials is how many of them a usual run makes do with.
func trials(all, usual int) int {
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		return all
	}
	return usual
}

func converges(t *testing.T, g target, want []string) (interrupts int) {
	seed := mathrand.Uint64()
	t.Logf("seed %d", seed)
	dice := mathrand.New(mathrand.NewPCG(seed, 0))
	before, after, m := lives(g)
	for _, fed := range []*spec.Federation{before, after} {
		for range 1 + dice.IntN(3) {
			if g.interrupted(t, fed, m(fed), dice) {
				interrupts++
			}
		}
		g.apply(t, fed, m(fed))
	}
	changes, _ := g.plan(t, after, m(after))
	if n := len(changes.Pending()); n != 0 {
		t.Errorf("seed %d: %d changes are left: %v", seed, n, changes.Pending())
	}
	if d := cmp.Diff(want, g.snapshot(t)); d != "" {
		t.Errorf("seed %d: the end (-undisturbed +interrupted):\n%s", seed, d)
	}
	return interrupts
}
