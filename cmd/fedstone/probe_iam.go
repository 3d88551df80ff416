package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/iam"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// pasted reads a cloud's identity service's copy of an issuer's keys.
func (a *administrator) pasted(ctx context.Context, idp string) (string, bool, error) {
	client, err := a.connect()
	if err != nil {
		return "", false, err
	}
	configuration, err := iam.NewClient(client).Configuration(ctx, idp)
	if keystone.IsNotFound(err) {
		return "", false, nil
	}
	return configuration.SigningKey, err == nil, err
}

// checkProbePlatform refuses what is about httpd where there is none.
func checkProbePlatform(c *cli.Context, fed *spec.Federation) error {
	if !fed.Service() {
		return nil
	}
	for _, name := range []string{"isolation", "controller", "config", "login", "browser"} {
		if c.IsSet(name) {
			return usageError("--%s is about httpd and the dashboard, which the platform %s does not have", name, fed.Platform)
		}
	}
	return nil
}
