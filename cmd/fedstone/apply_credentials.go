package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

func rotateFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "rotate", Usage: "make a new application credential for the OAuth 2.0 client `NAME`, whatever the age of the one in use; once for each"}
}

// credentialClients are those whose application credentials apply makes.
func credentialClients(fed *spec.Federation) (out []spec.OAuth2Client) {
	if fed.OAuth2 == nil {
		return nil
	}
	for _, c := range fed.OAuth2.Clients {
		if !c.ByCertificate() {
			out = append(out, c)
		}
	}
	return out
}

// checkRotate refuses names that are no clients, and several Keystones for the one
// secret file of a client.
func checkRotate(c *cli.Context, fed *spec.Federation) error {
	var names []string
	for _, one := range credentialClients(fed) {
		names = append(names, one.Name.Value)
	}
	for _, name := range c.StringSlice("rotate") {
		if !slices.Contains(names, name) {
			return usageError("--rotate %s: no such client of oauth2.clients with a secret_file", name)
		}
	}
	if len(names) > 0 && len(c.StringSlice("cloud")) > 1 {
		return usageError("several --cloud, but each of oauth2.clients has one secret_file: write a description for each Keystone")
	}
	return nil
}

// credentials plans the application credentials, each as its own user. The logins
// last until done is called.
func (a application) credentials() (changes apply.Changes, list finding.List, done func() error, err error) {
	var endings []func() error
	done = func() error {
		var failed []error
		for _, end := range endings {
			failed = append(failed, end())
		}
		return errors.Join(failed...)
	}
	for _, client := range credentialClients(a.fed) {
		some, found, end, err := a.credential(client)
		if end != nil {
			endings = append(endings, end)
		}
		if err != nil {
			return nil, nil, done, fmt.Errorf("oauth2 client %s: %w", client.Name, err)
		}
		changes, list = append(changes, some...), append(list, found...)
	}
	return changes, list, done, nil
}

func (a application) credential(client spec.OAuth2Client) (apply.Changes, finding.List, func() error, error) {
	c := a.c
	own, err := keystone.Connect(c.Context, keystone.Auth{Cloud: client.Cloud.Value, CAFile: caFile(c, a.fed), Timeout: c.Duration("timeout")})
	if err != nil {
		return nil, nil, nil, err
	}
	changes, list, err := apply.PlanCredential(c.Context, apply.LiveAccount(own), client, apply.CredentialOptions{
		Path: besideDescription(a.fed, client.SecretFile.Value), Owner: a.fed.Keystone.Owner.Value, Rotate: slices.Contains(c.StringSlice("rotate"), client.Name.Value),
	})
	return changes, list, func() error { return keystone.Revoke(c.Context, own) }, err
}
