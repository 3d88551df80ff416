package apply_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
	"github.com/fedstone/fedstone/internal/spec"
)

// faults are what may happen to one request.
var faults = map[string]func(http.Handler, http.ResponseWriter, *http.Request){
	"forbidden": func(_ http.Handler, w http.ResponseWriter, _ *http.Request) {
		keystonetest.Refuse(w, http.StatusForbidden, "You are not authorized to perform the requested action.")
	},
	"broken before": func(_ http.Handler, w http.ResponseWriter, _ *http.Request) {
		keystonetest.Refuse(w, http.StatusInternalServerError, "An unexpected error prevented the server from fulfilling your request.")
	},
	"broken after": func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(httptest.NewRecorder(), r)
		keystonetest.Refuse(w, http.StatusInternalServerError, "An unexpected error prevented the server from fulfilling your request.")
	},
	"cut after": func(next http.Handler, _ http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	},
	"proxy": func(_ http.Handler, w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "<html>Bad Gateway</html>", http.StatusBadGateway)
	},
}

// failAt lets the n-th writing request (from 0) run into a fault.
func failAt(n int, fault func(http.Handler, http.ResponseWriter, *http.Request)) func(http.Handler) http.Handler {
	seen := 0
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet && r.URL.Path != "/v3/auth/tokens" {
				seen++
				if seen == n+1 {
					fault(next, w, r)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// before and after are the two states between which a run is disturbed: issuers
// change places, and so do the rules and a group's name.
func states(g target) (before, after *spec.Federation, m func(*spec.Federation) map[string]json.RawMessage) {
	before = federation(g.provider("corp"), g.provider("partner"))
	after = federation(g.provider("corp"), g.provider("partner"))
	a, b := &after.IdentityProviders[0], &after.IdentityProviders[1]
	a.Issuer, b.Issuer = b.Issuer, a.Issuer
	a.Groups[1].Name = text("auditors")
	return before, after, func(fed *spec.Federation) map[string]json.RawMessage {
		out := map[string]json.RawMessage{}
		for _, idp := range fed.IdentityProviders { // the rules belong to the issuer
			out[idp.ID.Value] = rules("users of " + idp.Issuer.Value)
		}
		return out
	}
}

// TestDisturbedRunConverges lets each writing request of two runs fail in each
// way. After the failure nobody is trusted with another issuer's rules; the next
// run succeeds and ends where an undisturbed one does.
func TestDisturbedRunConverges(t *testing.T) {
	server, g := inMemory(t)
	before, after, m := states(g)
	g.apply(t, before, m(before))
	first := len(server.Writes())
	g.apply(t, after, m(after))
	second := len(server.Writes()) - first
	want := server.Ways()
	if len(want) != 2 || first < 10 || second < 6 {
		t.Fatalf("the undisturbed runs are not what this test is about: %d and %d writes, ways %v", first, second, want)
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			for n := range first + second {
				disturbed(t, n, fault, want)
			}
		})
	}
}

func disturbed(t *testing.T, n int, fault func(http.Handler, http.ResponseWriter, *http.Request), want []keystonetest.Way) {
	t.Helper()
	server, g := inMemory(t)
	before, after, m := states(g)
	server.Intercept(failAt(n, fault))
	failed := 0
	for _, fed := range []*spec.Federation{before, after} {
		changes, _ := g.plan(t, fed, m(fed))
		if err := apply.Execute(t.Context(), changes, 1, func(apply.Change) {}); err != nil {
			failed++
			checkWays(t, n, server.Ways())
			g.apply(t, fed, m(fed))
		}
	}
	if failed != 1 {
		t.Errorf("write %d: %d runs failed, want 1", n, failed)
	}
	if d := cmp.Diff(want, server.Ways()); d != "" {
		t.Errorf("write %d: the end (-undisturbed +disturbed):\n%s", n, d)
	}
	expect(t, fmt.Sprintf("write %d: and then", n), []string{}, g.apply(t, after, m(after)))
}

// checkWays wants every way in to judge an issuer's people by that issuer's rules.
func checkWays(t *testing.T, n int, ways []keystonetest.Way) {
	t.Helper()
	for _, way := range ways {
		if !strings.Contains(way.Rules, `"users of `+way.Issuer+`"`) {
			t.Errorf("write %d: half trusted: %+v", n, way)
		}
	}
}

func TestInterrupt(t *testing.T) {
	server, g := inMemory(t)
	before, _, m := states(g)
	changes, _ := g.plan(t, before, m(before))
	ctx, interrupt := context.WithCancel(t.Context())
	err := apply.Execute(ctx, changes, 1, func(c apply.Change) {
		if c.Kind == apply.Mapping {
			interrupt()
		}
	})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "of 18 changes were made") {
		t.Errorf("want an interrupt that says how far it came, got: %v", err)
	}
	if ways := server.Ways(); len(ways) != 0 {
		t.Errorf("nobody should get in yet: %v", ways)
	}
	g.apply(t, before, m(before))
	if ways := server.Ways(); len(ways) != 2 {
		t.Errorf("the next run goes on to the end: %v", ways)
	}
}

// TestSomebodyWasFaster makes each object behind the plan's back.
func TestSomebodyWasFaster(t *testing.T) {
	_, g := inMemory(t)
	fed := federation(g.provider("corp"))
	m := mappings(fed, rules("users"))
	changes, _ := g.plan(t, fed, m)
	g.apply(t, fed, mappings(fed, rules("other")))
	if err := apply.Execute(t.Context(), changes, 1, func(apply.Change) {}); err != nil {
		t.Fatal(err)
	}
	expect(t, "and then", []string{}, g.apply(t, fed, m))
}

func TestIssuerTakenMeanwhile(t *testing.T) {
	_, g := inMemory(t)
	fed := federation(g.bare("corp"))
	changes, _ := g.plan(t, fed, mappings(fed, rules("users")))
	thief := keystone.IdentityProvider{ID: "thief", DomainID: "default", RemoteIDs: []string{fed.IdentityProviders[0].Issuer.Value}}
	if err := keystone.CreateIdentityProvider(t.Context(), g.client, thief); err != nil {
		t.Fatal(err)
	}
	err := apply.Execute(t.Context(), changes, 1, func(apply.Change) {})
	if !keystone.IsConflict(err) || !strings.Contains(err.Error(), "another identity provider has the remote id https://sso.example.org/realms/corp") {
		t.Errorf("the 409 is not explained: %v", err)
	}
}

func TestForbiddenPlan(t *testing.T) {
	server, g := inMemory(t)
	server.Intercept(func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			keystonetest.Refuse(w, http.StatusForbidden, "You are not authorized.")
		})
	})
	fed := federation(g.provider("corp"))
	_, _, err := apply.Plan(t.Context(), apply.Live(g.client), fed, mappings(fed, rules()), apply.Options{})
	server.Intercept(nil)
	if !gophercloud.ResponseCodeIs(err, http.StatusForbidden) || !strings.Contains(err.Error(), "needs the role admin") {
		t.Errorf("want a 403 with its mend, got: %v", err)
	}
	if n := len(server.Writes()); n != 0 {
		t.Errorf("%d writes by a plan", n)
	}
}

// TestRefusalsAreExplained: whatever Keystone answers to a step, the error names the
// object, what became of it, what to do, and how far the run came.
func TestRefusalsAreExplained(t *testing.T) {
	for status, wants := range map[int][]string{
		http.StatusForbidden:           {"answer 403", "needs the role admin"},
		http.StatusNotFound:            {"answer 404", "somebody deleted it, or what it needs, while this ran"},
		http.StatusConflict:            {"answer 409", "somebody else has made one like it, or changes it right now"},
		http.StatusInternalServerError: {"answer 500", "Keystone's log", "it may have been done all the same"},
		http.StatusGatewayTimeout:      {"answer 504", "it may have been done all the same"},
		0:                              {"no answer came, so Keystone may have done it or not"},
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			server, g := inMemory(t)
			fed := federation(g.provider("corp"))
			server.Intercept(answering("/v3/projects", status))
			changes, _ := g.plan(t, fed, mappings(fed, rules("users")))
			err := apply.Execute(t.Context(), changes, 8, func(apply.Change) {})
			for _, want := range append(wants, "create project corp/demo: ", "1 of 9 changes were made; once the cause is mended, run apply again") {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("no %q in: %v", want, err)
				}
			}
		})
	}
}

// answering answers a status to what would change a path; 0 is no answer.
func answering(path string, status int) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.Method == http.MethodGet || r.URL.Path != path:
				next.ServeHTTP(w, r)
			case status == 0:
				panic(http.ErrAbortHandler)
			default:
				keystonetest.Refuse(w, status, http.StatusText(status))
			}
		})
	}
}

// TestConflictPasses: a conflict that is over when the step looks again is none.
func TestConflictPasses(t *testing.T) {
	server, g := inMemory(t)
	fed := federation(g.provider("corp"))
	left := 2
	server.Intercept(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/identity_providers/corp/protocols/openid") && left > 0 {
				left--
				keystonetest.Refuse(w, http.StatusConflict, "Conflict occurred attempting to store protocol.")
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	if done := g.apply(t, fed, mappings(fed, rules("users"))); len(done) != 9 || left != 0 {
		t.Errorf("%d left, done: %v", left, done)
	}
}

// TestCutLists: what a Keystone with list_limit leaves out of a list is not
// missing. Nothing is decided by such a list, and what asks by name goes on.
func TestCutLists(t *testing.T) {
	server, g := inMemory(t)
	fed := owned("production", g.provider("corp"), g.provider("partner"))
	m := mappings(fed, rules("users"))
	server.LimitLists(1)
	g.apply(t, fed, m)
	expect(t, "without --prune", []string{}, g.apply(t, fed, m))
	g.opts.Prune = true
	_, _, err := apply.Plan(t.Context(), apply.Live(g.client), fed, m, g.opts)
	if err == nil || !strings.Contains(err.Error(), "domains: this Keystone cuts lists") || !strings.Contains(err.Error(), "list_limit") {
		t.Errorf("a cut list: %v", err)
	}
	server.LimitLists(3)
	if changes, _ := g.plan(t, fed, m); len(changes.Pending()) != 0 {
		t.Errorf("a limit that cuts nothing: %v", changes.Pending())
	}
}

// TestAskedOnce: reading several at a time asks nothing that the plan asks again,
// be it for what is not there.
func TestAskedOnce(t *testing.T) {
	server, g := inMemory(t)
	g.opts.Parallel = 4
	var mu sync.Mutex
	asked := map[string]int{}
	server.Intercept(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked[r.Method+" "+r.URL.String()]++
			mu.Unlock()
			next.ServeHTTP(w, r)
		})
	})
	fed := federation(g.provider("corp"), g.provider("partner"))
	g.plan(t, fed, mappings(fed, rules("users")))
	for request, n := range asked {
		if n != 1 {
			t.Errorf("%s: asked %d times", request, n)
		}
	}
	if len(asked) < 6 {
		t.Errorf("this proves little: %v", asked)
	}
}
