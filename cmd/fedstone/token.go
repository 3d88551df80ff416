package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

func tokenCommand() *cli.Command {
	return &cli.Command{
		Name:  "token",
		Usage: "log in and print a Keystone token, for scripts",
		Description: `Logs in as probe: of the identity provider says, exchanges the token at Keystone,
scopes it, and prints the Keystone token on standard output and nothing else there.
What a person has to do is told on standard error.

   eval "$(fedstone token --format openrc)"      then openstack, terraform, …
   curl -H "X-Auth-Token: $(fedstone token)" …

The tokens are kept below $XDG_CACHE_HOME/fedstone (mode 0600) and used again as
long as they are good; what has expired is renewed silently. --logout ends all of
them. The scope is --project or --domain, else project: of probe:, else the only
project that the user has; else the token is unscoped, which is told.

Exit status 1 if a step fails, explained as probe explains it; 3 if nobody answers.`,
		Flags:        tokenFlags(),
		BashComplete: completeProviders,
		Before:       noArguments,
		Action:       runToken,
	}
}

func tokenFlags() []cli.Flag {
	return []cli.Flag{
		fileFlag(), caFileFlag(), formatFlag("value", "json", "openrc"),
		&cli.StringFlag{Name: "idp", Usage: "log in at the identity provider `NAME` (default: the only one that has a probe:)"},
		&cli.StringFlag{Name: "project", Usage: "scope the token to the project `NAME` (or its id)"},
		&cli.StringFlag{Name: "domain", Usage: "scope the token to the domain `NAME` (or its id)"},
		&cli.BoolFlag{Name: "unscoped", Usage: "do not scope the token"},
		&cli.BoolFlag{Name: "issuer-token", Usage: "print the issuer's token, and do not go to Keystone"},
		&cli.BoolFlag{Name: "check", Usage: "ask Keystone whether a kept token still counts before it is printed"},
		&cli.BoolFlag{Name: "logout", Usage: "end the kept tokens at Keystone and the issuer, and forget them (with --idp: that one's)"},
		&cli.BoolFlag{Name: "clear-cache", Usage: "forget the kept tokens of every description, and ask nobody"},
		noCacheFlag(), noOpenFlag(), allowExecFlag(), timeoutFlag(),
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no notes on standard error"},
		&cli.BoolFlag{Name: "debug", Usage: "log each HTTP request's method, address, status and time to standard error"},
	}
}

func runToken(c *cli.Context) error {
	if err := checkTokenCall(c); err != nil {
		return err
	}
	if c.Bool("clear-cache") {
		return clearCache(c)
	}
	fed, err := loadFederation(c)
	if err != nil {
		return err
	}
	if c.Bool("logout") {
		return logOut(c, fed)
	}
	idp, err := tokenProvider(c, fed)
	if err != nil {
		return err
	}
	if c.Bool("issuer-token") && idp.SAML != nil {
		return usageError("identity provider %q speaks SAML: it has no token to print, leave --issuer-token out", idp.ID)
	}
	if err := onlyReader(c, idp); err != nil {
		return err
	}
	call, err := newTokenCall(c, fed, idp)
	if err != nil {
		return tokenError(err)
	}
	defer call.end()
	return tokenError(call.print())
}

func checkTokenCall(c *cli.Context) error {
	var scopes, modes []string
	for _, flag := range []string{"project", "domain", "unscoped"} {
		if c.IsSet(flag) {
			scopes = append(scopes, "--"+flag)
		}
	}
	for _, flag := range []string{"issuer-token", "logout", "clear-cache"} {
		if c.Bool(flag) {
			modes = append(modes, "--"+flag)
		}
	}
	switch {
	case len(scopes) > 1:
		return usageError("%s: a token has one scope", strings.Join(scopes, " and "))
	case len(modes) > 1:
		return usageError("%s: choose one", strings.Join(modes, " and "))
	case len(modes)*len(scopes) > 0:
		return usageError("%s has no use for %s", modes[0], scopes[0])
	case c.Bool("issuer-token") && c.String("format") == "openrc":
		return usageError("--format openrc is for a Keystone token; leave --issuer-token out")
	case c.Bool("no-cache") && (c.Bool("logout") || c.Bool("clear-cache")):
		return usageError("%s is about the cache, which --no-cache leaves alone", modes[0])
	}
	return nil
}

// tokenProvider is the one that --idp names, or the only one that can be logged in at.
func tokenProvider(c *cli.Context, fed *spec.Federation) (*spec.IdentityProvider, error) {
	var names []string
	var found *spec.IdentityProvider
	for i := range fed.IdentityProviders {
		idp := &fed.IdentityProviders[i]
		if c.String("idp") == idp.ID.Value {
			return idp, hasProbe(idp)
		}
		if idp.Probe != nil {
			names, found = append(names, idp.ID.Value), idp
		}
	}
	switch {
	case c.IsSet("idp"):
		return nil, usageError("--idp %q: no such identity provider; those with a probe: are %s", c.String("idp"), strings.Join(names, ", "))
	case len(names) == 0:
		return nil, usageError("no identity provider says how to log in: add `probe:` to one (docs/token.md)")
	case len(names) > 1:
		return nil, usageError("choose an identity provider with --idp: %s", strings.Join(names, ", "))
	}
	return found, nil
}

// onlyReader refuses a call whose description and token both come from standard input.
func onlyReader(c *cli.Context, idp *spec.IdentityProvider) error {
	if idp.Probe.Grant.Value != "stdin" {
		return nil
	}
	return oneReader(c, []string{"the token of " + idp.ID.Value})
}

func hasProbe(idp *spec.IdentityProvider) error {
	if idp.Probe != nil {
		return nil
	}
	return usageError("identity provider %q does not say how to log in: add `probe: {grant: …}` to it (docs/token.md)", idp.ID)
}

// tokenError gives a failed step its status: what a person gave is wrong, somebody
// refused, or nobody answered.
func tokenError(err error) error {
	var refused *probe.Refusal
	switch {
	case !errors.As(err, &refused):
		return err
	case refused.Err != nil && badInput(refused.Err):
		return cli.Exit(err.Error(), exitUsage)
	case refused.Unreachable():
		return cli.Exit(err.Error(), exitFailed)
	}
	return cli.Exit(err.Error(), exitFindings)
}

// badInput reports a secret, key or token that cannot be used or is not there.
func badInput(err error) bool {
	var cache *login.CacheError
	kind := oidc.KindOf(err)
	return (kind == oidc.BadFile || kind == "") && !errors.As(err, &cache)
}

// note tells a person something beside the result.
func note(c *cli.Context, mask *secret.Redactor, texts ...string) {
	if c.Bool("quiet") {
		return
	}
	for _, text := range texts {
		fmt.Fprintf(c.App.ErrWriter, "fedstone: %s\n", finding.Printable(mask.Redact(text)))
	}
}
