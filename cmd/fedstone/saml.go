package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

func samlCommand() *cli.Command {
	return &cli.Command{
		Name:        "saml",
		Usage:       "what SAML identity providers and this deployment tell each other",
		Subcommands: []*cli.Command{samlMetadataCommand()},
	}
}

func samlMetadataCommand() *cli.Command {
	return &cli.Command{
		Name:  "metadata",
		Usage: "print the service provider's metadata, for the owner of the identity provider",
		Description: `Each SAML identity provider knows this deployment under an entity id of its own.
The metadata holds that, the addresses for assertions (HTTP-POST for browsers, PAOS
for ECP) and the certificate. A key and a certificate that are not there yet are
made, as render makes them: beside the description, and never again.`,
		Flags: []cli.Flag{
			fileFlag(),
			&cli.StringFlag{Name: "idp", Usage: "the identity provider's `ID`; needed where several speak SAML"},
		},
		Before: noArguments,
		Action: samlMetadata,
	}
}

func samlMetadata(c *cli.Context) error {
	fed, err := loadFederation(c)
	if err != nil {
		return err
	}
	idp, err := chosenSAML(fed.SAML().IdentityProviders, c.String("idp"))
	if err != nil {
		return err
	}
	keys, err := keptKeys(fed, idp, true)
	if err != nil {
		return err
	}
	text, err := templates.ServiceProvider(fed, idp, keys)
	if err != nil {
		return cli.Exit(err.Error(), exitUsage)
	}
	_, err = c.App.Writer.Write(text)
	return err
}

// chosenSAML gives the identity provider that is named, or the only one.
func chosenSAML(all []spec.IdentityProvider, id string) (spec.IdentityProvider, error) {
	var ids []string
	for _, idp := range all {
		ids = append(ids, idp.ID.Value)
	}
	i := slices.Index(ids, id)
	switch {
	case len(all) == 0:
		return spec.IdentityProvider{}, usageError("no identity provider of the description speaks SAML")
	case id == "" && len(all) == 1:
		return all[0], nil
	case id == "":
		return spec.IdentityProvider{}, usageError("several identity providers speak SAML: name one with --idp, of %s", strings.Join(ids, ", "))
	case i < 0:
		return spec.IdentityProvider{}, usageError("--idp %q: expected one that speaks SAML, of %s", id, strings.Join(ids, ", "))
	}
	return all[i], nil
}
