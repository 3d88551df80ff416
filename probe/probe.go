package probe

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// Options say what Run does and with what.
type Options struct {
	Client    *http.Client // of oidc.NewHTTPClient
	Names     []string     // identity providers to probe; empty: all
	Isolation bool
	Tokens    map[string]secret.Value // tokens to use instead of a login, by provider
	// Resolve fetches a secret that federation.yaml names.
	Resolve func(spec.Secret) (secret.Value, error)
	// Local makes a path of federation.yaml absolute.
	Local func(string) string
	// Logins gets the tokens; nil: what Resolve and Local are enough for, and
	// nothing is kept.
	Logins *login.Logins
	// GroupName asks as an administrator for the name of a group, which Keystone
	// does not tell every user; nil: nobody does.
	GroupName func(ctx context.Context, id string) (string, error)
	// Objects asks as an administrator for what Keystone keeps about an identity
	// provider and protocol, when a login has failed; nil: nobody does.
	Objects func(ctx context.Context, idp, protocol string) (Stored, error)
	// Pasted reads as an administrator a cloud's identity service's copy of an issuer's
	// keys; false where it has no configuration of that identity provider. nil: nobody
	// does.
	Pasted func(ctx context.Context, idp string) (string, bool, error)
	// Credentials gives what an OAuth 2.0 client shows; nil: no client is probed.
	Credentials func(spec.OAuth2Client) (Credentials, error)
	// Mask knows the secrets; everything that Run finds goes through it.
	Mask *secret.Redactor
	// Progress is told before each step, from several goroutines where Slots has
	// several; nil: nobody is.
	Progress func(provider, step string)
	// Now is the clock; nil: the system's.
	Now func() time.Time
	// StepLimit bounds a step, whose requests have the client's limit each; 0: it
	// has no other.
	StepLimit time.Duration
	// Slots bounds how many identity providers are asked at the same time, over
	// all runs that share it; nil: one after the other.
	Slots Slots
	// Login also logs in at the issuer's page as probe's user, by hand.
	Login bool
	// Browser goes the whole way in a real browser; nil: nobody does.
	Browser Browser
	// Explained is told each diagnosis and what it was made from, which may hold
	// secrets, from several goroutines where Slots has several; nil: nobody is.
	Explained func(symptom.Facts, symptom.Diagnosis)
}

// Run probes the cloud. The error is about the call (an unknown name); what is
// wrong with the cloud stands in the Result. When ctx ends, the steps that are
// left are skipped, and what has to be revoked is revoked.
func Run(ctx context.Context, fed *spec.Federation, opts Options) (Result, error) {
	visits, err := plan(fed, opts)
	if err != nil {
		return Result{}, err
	}
	clients := planClients(fed, opts)
	all := slices.Concat(visits, clients)
	defer func() {
		for _, v := range all {
			v.release(ctx)
		}
	}()
	// The tokens are cold until the exchange: isolation is tried before and after.
	opts.Slots.each(visits, func(v *visit) { v.walk(ctx, v.before()) })
	m := matrix{visits: ofOpenID(visits), slots: opts.Slots}
	if opts.Isolation {
		m.cold(ctx)
	}
	opts.Slots.each(visits, func(v *visit) { v.walk(ctx, v.from(opts)) })
	if opts.Isolation {
		m.afterUse(ctx)
	}
	opts.Slots.each(clients, func(v *visit) { v.walk(ctx, clientSteps()) })
	return result(ctx, all, m.cells), nil
}

func plan(fed *spec.Federation, opts Options) ([]*visit, error) {
	var visits []*visit
	var known []string
	for i := range fed.IdentityProviders {
		idp := &fed.IdentityProviders[i]
		known = append(known, idp.ID.Value)
		if len(opts.Names) == 0 || slices.Contains(opts.Names, idp.ID.Value) {
			visits = append(visits, newVisit(fed, idp, opts))
		}
	}
	named := append(slices.Clone(known), clientIDs(fed)...)
	for _, name := range opts.Names {
		if !slices.Contains(named, name) {
			return nil, fmt.Errorf("no identity provider %q in the description; there are %s", name, strings.Join(named, ", "))
		}
	}
	for name := range opts.Tokens {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("a token for %q, which is no identity provider of the description; there are %s", name, strings.Join(known, ", "))
		}
	}
	return visits, nil
}

func result(ctx context.Context, visits []*visit, cells []Cell) Result {
	out := Result{Isolation: cells, Unreachable: len(visits) > 0, Stopped: stopped(ctx)}
	for _, v := range visits {
		out.Providers = append(out.Providers, v.found)
		out.Unreachable = out.Unreachable && !v.facts[keystoneUp] && out.Stopped == ""
	}
	return out
}

// grace is how long a request that may bring a token goes on after an
// interrupt, and how long cleaning up may take.
const grace = 10 * time.Second

// finishing gives a context that outlives an interrupt by grace: were a request
// cut off at once, Keystone might issue a token that nobody knows and nobody
// revokes. A time limit that is over is over.
func finishing(ctx context.Context) (context.Context, context.CancelFunc) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if limit, ok := ctx.Deadline(); ok {
		own, cancel = context.WithDeadline(context.WithoutCancel(ctx), limit)
	}
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-own.Done():
		case <-time.After(grace):
			cancel()
		}
	})
	return own, func() { stop(); cancel() }
}

// cleanup gives a context for revoking, whether or not ctx has ended.
func cleanup(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), grace)
}

// revokeAtKeystone ends a token at once; the error is for a person.
func revokeAtKeystone(ctx context.Context, s keystone.Session) (keystone.Answer, error) {
	own, cancel := cleanup(ctx)
	defer cancel()
	return s.Revoke(own)
}
