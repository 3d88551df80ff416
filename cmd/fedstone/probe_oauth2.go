package main

import (
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

// clientCredentials gives what the OAuth 2.0 clients of the description show to one
// target.
func clientCredentials(c *cli.Context, fed *spec.Federation, t target, more ...oidc.ClientOption) func(spec.OAuth2Client) (probe.Credentials, error) {
	return func(client spec.OAuth2Client) (probe.Credentials, error) {
		if !client.ByCertificate() {
			id, key, err := apply.ReadSecretFile(besideDescription(fed, client.SecretFile.Value))
			return probe.Credentials{ID: id, Secret: key}, err
		}
		shown, err := probe.LoadCertificates(besideDescription(fed, client.Certificate.Value), besideDescription(fed, client.Key.Value))
		if err != nil {
			return probe.Credentials{}, err
		}
		web, err := probeClient(c, fed, t, append(more, oidc.WithCertificate(shown.Show))...)
		return probe.Credentials{ID: client.User.Value, Certified: web, Shown: shown}, err
	}
}
