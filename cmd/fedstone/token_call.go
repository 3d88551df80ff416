package main

import (
	"context"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

// tokenCall is one call of `fedstone token`.
type tokenCall struct {
	c      *cli.Context
	fed    *spec.Federation
	idp    *spec.IdentityProvider
	logins *login.Logins
	opts   probe.Options
	scope  probe.Scope
}

func newTokenCall(c *cli.Context, fed *spec.Federation, idp *spec.IdentityProvider) (*tokenCall, error) {
	mask := &secret.Redactor{}
	ask := spec.Resolver{Dir: besideDescription(fed, "."), AllowExec: c.Bool("allow-exec"), Context: c.Context}.Resolve
	logins, err := newLogins(c, fed, true, ask, mask)
	if err != nil {
		return nil, err
	}
	if whose := idp.Probe.Grant.Value; whose == "stdin" || whose == "exec" {
		logins.Cache = nil // the next token may be another person's
	}
	web, err := httpClient(c, fed)
	if err != nil {
		return nil, err
	}
	return &tokenCall{
		c: c, fed: fed, idp: idp, logins: logins,
		opts:  probe.Options{Client: web, Resolve: ask, Local: logins.Local, Logins: logins, Mask: mask},
		scope: probe.Scope{Project: c.String("project"), Domain: c.String("domain"), Unscoped: c.Bool("unscoped")},
	}, nil
}

// end withdraws what was got and is not kept.
func (t *tokenCall) end() {
	t.logins.Close(t.c.Context)
	t.opts.Client.CloseIdleConnections()
}

func (t *tokenCall) print() error {
	if t.c.Bool("issuer-token") {
		return t.printIssuers()
	}
	kept, err := t.fromCache(t.scopedName())
	if err != nil {
		return err
	}
	if kept == nil {
		if kept, err = t.issue(); err != nil {
			return err
		}
	}
	return t.hand(*kept)
}

// hand prints a token. One that is not kept and reaches nobody is ended.
func (t *tokenCall) hand(k keptToken) error {
	err := t.c.Context.Err()
	if err == nil {
		err = t.write(k)
	}
	if err != nil && t.logins.Cache == nil {
		t.revoke(k.token())
	}
	return err
}

// fromCache gives a kept Keystone token that is good still; nil where none is.
func (t *tokenCall) fromCache(name string) (*keptToken, error) {
	if t.logins.Cache == nil {
		return nil, nil
	}
	var kept keptToken
	found, damaged, err := t.logins.Cache.Read(name, &kept)
	if damaged != "" {
		note(t.c, t.opts.Mask, damaged)
	}
	if err != nil || !found || kept.Version != 1 || !kept.Expires.After(time.Now().Add(login.Margin)) {
		return nil, err
	}
	t.opts.Mask.Add(kept.token())
	if t.c.Bool("check") && !t.counts(kept) {
		return nil, t.logins.Cache.Drop(name)
	}
	return &kept, nil
}

// counts asks Keystone about a kept token.
func (t *tokenCall) counts(kept keptToken) bool {
	a, err := t.session(kept.token()).Validate(t.c.Context)
	return err == nil && a.Status == 200
}

func (t *tokenCall) session(token secret.Value) keystone.Session {
	return keystone.Session{Client: t.opts.Client, URL: keystone.CanonicalURL(t.fed.Keystone.URL.Value), Token: token}
}

// issue gets a new Keystone token and keeps it; one process at a time does.
func (t *tokenCall) issue() (*keptToken, error) {
	if t.logins.Cache == nil {
		return t.fresh(secret.Value{})
	}
	unlock, err := t.logins.Cache.Lock(t.c.Context, t.unscopedName(), func() {
		note(t.c, t.opts.Mask, "another process logs in at "+t.idp.ID.Value+" already; waiting for it")
	})
	if err != nil {
		return nil, err
	}
	defer unlock()
	if kept, err := t.fromCache(t.scopedName()); kept != nil || err != nil {
		return kept, err // somebody was faster
	}
	unscoped, err := t.fromCache(t.unscopedName())
	if err != nil {
		return nil, err
	}
	if unscoped == nil {
		return t.fresh(secret.Value{})
	}
	return t.fresh(unscoped.token())
}

func (t *tokenCall) fresh(unscoped secret.Value) (*keptToken, error) {
	got, err := probe.Issue(t.c.Context, t.fed, probe.Wish{Provider: t.idp, Scope: t.scope, Unscoped: unscoped}, t.opts)
	if err != nil {
		return nil, err
	}
	note(t.c, t.opts.Mask, got.Notes...)
	if err := t.keep(got); err != nil {
		t.revoke(got.Scoped.Token)
		t.revoke(got.Unscoped.Token)
		return nil, err
	}
	out := keptOf(t.idp.ID.Value, got.Scoped)
	return &out, nil
}

// keep writes what a later call can use. Without a cache the token that is not
// printed is nobody's, and ended.
func (t *tokenCall) keep(got probe.Brought) error {
	if t.logins.Cache == nil {
		if got.Unscoped.Token != got.Scoped.Token {
			t.revoke(got.Unscoped.Token)
		}
		return nil
	}
	if err := t.logins.Cache.Write(t.unscopedName(), keptOf(t.idp.ID.Value, got.Unscoped)); err != nil {
		return err
	}
	return t.logins.Cache.Write(t.scopedName(), keptOf(t.idp.ID.Value, got.Scoped))
}

// revoke ends a token as well as it can, also after an interrupt.
func (t *tokenCall) revoke(token secret.Value) {
	own, cancel := context.WithTimeout(context.WithoutCancel(t.c.Context), 10*time.Second)
	defer cancel()
	_, _ = t.session(token).Revoke(own)
}
