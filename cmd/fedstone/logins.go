package main

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// noCacheFlag keeps tokens out of the cache, and what is in there unused.
func noCacheFlag() cli.Flag {
	return &cli.BoolFlag{Name: "no-cache", Usage: "log in anew, and keep no token in the cache"}
}

// tokenCache is the cache of this user. Where there can be none (no home, a disk
// that is read-only) that is told, and done without.
func tokenCache(c *cli.Context) (*login.Cache, error) {
	if c.Bool("no-cache") {
		return nil, nil
	}
	dir, err := login.DefaultDir()
	var cache *login.Cache
	if err == nil {
		cache, err = login.OpenCache(dir)
	}
	if err != nil && login.Unsafe(err) {
		return nil, err
	}
	if err != nil {
		fmt.Fprintf(c.App.ErrWriter, "fedstone: tokens are not kept: %s\n", finding.Printable(err.Error()))
		return nil, nil
	}
	return cache, nil
}

// newLogins gives the logins of a command, which closes them. keepAll says that
// every login is kept; otherwise there is a cache where a grant needs one.
func newLogins(c *cli.Context, fed *spec.Federation, keepAll bool, ask resolve, mask *secret.Redactor) (*login.Logins, error) {
	out := &login.Logins{
		KeepAll: keepAll, Person: personHere(c), Resolve: ask, Stdin: c.App.Reader, Mask: mask,
		Local: func(path string) string { return besideDescription(fed, path) },
	}
	if !keepAll && !slices.ContainsFunc(fed.IdentityProviders, personal) {
		return out, nil
	}
	var err error
	out.Cache, err = tokenCache(c)
	return out, err
}

func personal(idp spec.IdentityProvider) bool {
	return idp.Probe != nil && login.Personal(idp.Probe.Grant.Value)
}
