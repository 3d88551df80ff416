package main

import (
	"slices"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// resolve fetches a secret that the description names.
type resolve func(spec.Secret) (secret.Value, error)

// remembering asks for each secret once, also where several ask at the same time:
// a command may ask a person.
func remembering(ask resolve) resolve {
	var mu sync.Mutex
	known := map[finding.Pos]secret.Value{}
	return func(s spec.Secret) (secret.Value, error) {
		mu.Lock()
		defer mu.Unlock()
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
	var piped []string
	for _, idp := range fed.IdentityProviders {
		if idp.Probe == nil || len(names) > 0 && !slices.Contains(names, idp.ID.Value) {
			continue
		}
		_, given := tokens[idp.ID.Value]
		if !given && idp.Probe.Grant.Value == "stdin" {
			piped = append(piped, "the token of "+idp.ID.Value)
		}
		if err := neededFor(idp.Probe, given, c.Bool("isolation")).check(fed, ask); err != nil {
			return nil, usageError("identity provider %q: its probe: %v", idp.ID, err)
		}
	}
	return ask, oneReader(c, piped)
}

// needed is what logins take from this machine.
type needed struct {
	clients []spec.Client
	secrets []spec.Secret
	files   []spec.Text // with tokens
}

func neededFor(p *spec.Probe, given, isolation bool) needed {
	var n needed
	if !given {
		n.clients = append(n.clients, p.Client)
		n.secrets = append(n.secrets, p.Password, p.RefreshToken, p.Token)
		n.files = append(n.files, p.TokenFile)
	}
	if isolation && p.Foreign != nil {
		n.clients = append(n.clients, *p.Foreign)
	}
	for _, r := range p.Refused {
		if isolation {
			n.clients, n.files = append(n.clients, r.Client), append(n.files, r.TokenFile)
		}
	}
	return n
}

// check sees that all of it can be had; what is not named is not needed.
func (n needed) check(fed *spec.Federation, ask resolve) error {
	for _, f := range n.files {
		if !f.Given() {
			continue
		}
		if _, err := oidc.TokenFile(besideDescription(fed, f.Value)); err != nil {
			return err
		}
	}
	for _, c := range n.clients {
		n.secrets = append(n.secrets, c.Secret)
		if !c.Key.Given() {
			continue
		}
		if _, err := oidc.LoadSigningKey(besideDescription(fed, c.Key.Value)); err != nil {
			return err
		}
	}
	for _, s := range n.secrets {
		if !s.Given() {
			continue // a public client, or a grant without a password
		}
		if _, err := ask(s); err != nil {
			return err
		}
	}
	return nil
}
