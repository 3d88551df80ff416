package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/spec"
)

// logOut ends the kept tokens of the description's identity providers, or of the
// one that --idp names.
func logOut(c *cli.Context, fed *spec.Federation) error {
	providers := []*spec.IdentityProvider{}
	for i := range fed.IdentityProviders {
		if fed.IdentityProviders[i].Probe != nil {
			providers = append(providers, &fed.IdentityProviders[i])
		}
	}
	if c.IsSet("idp") {
		one, err := tokenProvider(c, fed)
		if err != nil {
			return err
		}
		providers = []*spec.IdentityProvider{one}
	}
	var failed []error
	for _, idp := range providers {
		failed = append(failed, logOutAt(c, fed, idp))
	}
	return errors.Join(failed...)
}

func logOutAt(c *cli.Context, fed *spec.Federation, idp *spec.IdentityProvider) error {
	call, err := newTokenCall(c, fed, idp)
	if err != nil {
		return err
	}
	defer call.end()
	if call.logins.Cache == nil {
		return nil // it is said why
	}
	ended, err := call.endKeystones()
	had, failed := call.logins.Logout(c.Context, login.At(idp, call.opts.Client))
	if err = errors.Join(err, failed); err != nil {
		return fmt.Errorf("identity provider %s: %w", idp.ID, err)
	}
	if had || ended > 0 {
		note(c, call.opts.Mask, fmt.Sprintf("logged out of %s", idp.ID))
	}
	return nil
}

// endKeystones revokes and forgets every Keystone token of a login.
func (t *tokenCall) endKeystones() (ended int, err error) {
	names, err := t.logins.Cache.Names(t.prefix())
	for _, name := range names {
		var kept keptToken
		found, _, readErr := t.logins.Cache.Read(name, &kept)
		if found {
			t.opts.Mask.Add(kept.token())
			t.revoke(kept.token())
			ended++
		}
		err = errors.Join(err, readErr, t.logins.Cache.Drop(name))
	}
	return ended, err
}

// clearCache forgets everything, of descriptions that are gone too.
func clearCache(c *cli.Context) error {
	cache, err := tokenCache(c)
	if cache == nil || err != nil {
		return err
	}
	names, err := cache.Names("")
	for _, name := range names {
		err = errors.Join(err, cache.Drop(name))
	}
	if err == nil && !c.Bool("quiet") {
		fmt.Fprintf(c.App.ErrWriter, "fedstone: tokens forgotten: %d\n", len(names))
	}
	return err
}
