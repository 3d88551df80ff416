package login

import (
	"context"
	"errors"

	"github.com/fedstone/fedstone/internal/oidc"
)

// Logout withdraws the kept tokens of a place at its issuer, and forgets them. It
// reports whether there were any. They are forgotten also where the issuer could
// not be asked: the error says so.
func (l *Logins) Logout(ctx context.Context, at Place) (bool, error) {
	if l.Cache == nil {
		return false, nil
	}
	name := Name(at)
	unlock, err := l.Cache.Lock(ctx, name, func() {})
	if err != nil {
		return false, err
	}
	defer unlock()
	r, _, err := l.Cache.load(name)
	if err != nil || r.Version == 0 {
		return false, errors.Join(err, l.Cache.Drop(name))
	}
	l.Mask.Add(r.tokens().Access, r.tokens().ID, r.tokens().Refresh)
	client, err := l.Client(at.IDP.Probe.Client)
	if err == nil {
		err = withdraw(ctx, at, client, r)
	}
	return true, errors.Join(err, l.Cache.Drop(name))
}

// withdraw revokes the refresh token first: with most issuers the others end with it.
func withdraw(ctx context.Context, at Place, client oidc.Client, r record) error {
	doc, err := at.Document(ctx)
	if err != nil {
		return err
	}
	t := r.tokens()
	return errors.Join(oidc.Revoke(ctx, at.Web, doc, client, t.Refresh), oidc.Revoke(ctx, at.Web, doc, client, t.Access))
}
