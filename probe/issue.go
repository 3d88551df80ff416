package probe

import (
	"context"
	"errors"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// Wish is the Keystone token that Issue is to bring.
type Wish struct {
	Provider *spec.IdentityProvider
	Scope    Scope
	// Unscoped is a Keystone token of an earlier login, used where it still
	// counts; empty: there is none.
	Unscoped secret.Value
}

// Brought are the tokens of one Issue. Unscoped and Scoped are the same where the
// wish was for no scope. The caller owns both, and revokes what it does not keep.
type Brought struct {
	Unscoped Issued
	Scoped   Issued
	Notes    []string // for a person: how the login came about, what there was to choose from
}

// LogIn gets the issuer's token alone. A failed login is a *Refusal.
func LogIn(ctx context.Context, fed *spec.Federation, idp *spec.IdentityProvider, opts Options) (login.Got, error) {
	v := newVisit(fed, idp, opts)
	return v.logIn(ctx)
}

// logIn is the step token where there was no discovery before. An error is told as
// a *Refusal that wraps it.
func (v *visit) logIn(ctx context.Context) (got login.Got, err error) {
	failed := v.must(ctx, step{name: "token", run: func(ctx context.Context, v *visit) outcome {
		if got, err = v.logins().Get(ctx, login.Place{IDP: v.idp, Web: v.web, Document: v.document}); err != nil {
			return issuerFailed(err)
		}
		return v.loggedIn(got)
	}})
	var refusal *Refusal
	if errors.As(failed, &refusal) {
		refusal.Err = err
	}
	return got, failed
}

// Issue logs in, exchanges the token and scopes it. What was issued before a
// failure or an interrupt is revoked. A failed step is a *Refusal. Options'
// Isolation, Names, Tokens and Slots are not looked at.
func Issue(ctx context.Context, fed *spec.Federation, wish Wish, opts Options) (Brought, error) {
	v := newVisit(fed, wish.Provider, opts)
	defer v.release(ctx)
	var out Brought
	if err := v.enter(ctx, wish, &out); err != nil {
		return Brought{}, err
	}
	if err := v.scope(ctx, wish.Scope, &out); err != nil {
		return Brought{}, err
	}
	if ctx.Err() != nil {
		return Brought{}, context.Cause(ctx)
	}
	v.issued = nil // the caller's now
	return out, nil
}

// enter brings the unscoped token: the one of an earlier login, or a new one.
func (v *visit) enter(ctx context.Context, wish Wish, out *Brought) error {
	if !wish.Unscoped.Empty() && v.revive(ctx, wish.Unscoped, out) {
		return nil
	}
	if v.idp.SAML != nil {
		return v.enterBySAML(ctx, out)
	}
	got, err := v.logIn(ctx)
	if err != nil {
		return err
	}
	if err := v.must(ctx, step{name: "exchange", run: exchange}); err != nil {
		return err
	}
	issued, err := issuedBy(v.answer, v.session.Token)
	out.Unscoped, out.Scoped, out.Notes = issued, issued, v.cleanAll(got.Notes)
	return err
}

// revive asks Keystone whether the token still counts, and what it is.
func (v *visit) revive(ctx context.Context, token secret.Value, out *Brought) bool {
	session := keystone.Session{Client: v.web, URL: v.url, Token: token}
	v.opts.Mask.Add(token)
	a, err := session.Validate(ctx)
	if err != nil || a.Status != http.StatusOK {
		return false
	}
	issued, err := issuedBy(a, token)
	if err != nil {
		return false
	}
	v.session, out.Unscoped, out.Scoped = session, issued, issued
	return true
}

// must runs a step that nothing can go on without.
func (v *visit) must(ctx context.Context, s step) error {
	v.walk(ctx, []step{s})
	last := v.found.Steps[len(v.found.Steps)-1]
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case last.Verdict != Pass:
		return &Refusal{Provider: v.found.ID, Step: last}
	}
	return nil
}
