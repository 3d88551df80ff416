package main

import (
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// resolve fetches a secret that the description names.
type resolve func(spec.Secret) (secret.Value, error)

// remembering asks for each secret once: a command may ask a person.
func remembering(ask resolve) resolve {
	known := map[finding.Pos]secret.Value{}
	return func(s spec.Secret) (secret.Value, error) {
		if value, ok := known[s.At.Start]; ok {
			return value, nil
		}
		value, err := ask(s)
		if err == nil {
			known[s.At.Start] = value
		}
		return value, err
	}
}

// probeSecrets gives the secrets of the logins that this call makes. One that
// cannot be had is wrong input, told before anybody is asked anything.
func probeSecrets(c *cli.Context, fed *spec.Federation, tokens map[string]secret.Value) (resolve, error) {
	ask := remembering(spec.Resolver{Dir: besideDescription(fed, "."), AllowExec: c.Bool("allow-exec"), Context: c.Context}.Resolve)
	names := c.StringSlice("idp")
	for _, idp := range fed.IdentityProviders {
		if len(names) > 0 && !slices.Contains(names, idp.ID.Value) {
			continue
		}
		_, given := tokens[idp.ID.Value]
		if err := canLogIn(fed, idp, given, c.Bool("isolation"), ask); err != nil {
			return nil, usageError("identity provider %q: its probe: %v", idp.ID, err)
		}
	}
	return ask, nil
}

func canLogIn(fed *spec.Federation, idp spec.IdentityProvider, given, isolation bool, ask resolve) error {
	if idp.Probe == nil {
		return nil
	}
	var secrets []spec.Secret
	switch grant := idp.Probe.Grant.Value; {
	case given:
	case grant == "file":
		if _, err := oidc.TokenFile(besideDescription(fed, idp.Probe.TokenFile.Value)); err != nil {
			return err
		}
	default:
		secrets = append(secrets, idp.Probe.Client.Secret, idp.Probe.Password)
	}
	if isolation && idp.Probe.Foreign != nil {
		secrets = append(secrets, idp.Probe.Foreign.Secret)
	}
	for _, s := range secrets {
		if !s.Given() {
			continue // a public client, or a grant without a password
		}
		if _, err := ask(s); err != nil {
			return err
		}
	}
	return nil
}
