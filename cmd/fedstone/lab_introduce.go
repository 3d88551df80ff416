package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/lab"
)

// largestMetadata bounds a service provider's metadata.
const largestMetadata = 1 << 20

func labIntroduceCommand() *cli.Command {
	return &cli.Command{
		Name:      "introduce",
		Usage:     "hand a service provider's SAML metadata to a realm of the lab's Keycloak",
		ArgsUsage: "REALM FILE",
		Description: `What the owner of the identity provider would be asked for. The realm, corp or
partner, then lets the service provider log its people in, by ECP too. Metadata
of an entity id that the realm knows already takes the place of the earlier one.`,
		Flags:  []cli.Flag{labDirFlag()},
		Action: labIntroduce,
	}
}

func labIntroduce(c *cli.Context) error {
	if c.NArg() != 2 {
		return usageError("lab introduce needs a realm and a file: lab introduce corp sp.xml")
	}
	metadata, err := input.Read(c.Args().Get(1), c.App.Reader, largestMetadata)
	if err != nil {
		return cli.Exit(err.Error(), exitUsage)
	}
	running, err := lab.Open(c.String("dir"))
	if err != nil {
		return err
	}
	err = running.Introduce(c.Context, c.Args().First(), metadata)
	if errors.Is(err, lab.ErrNoServiceProvider) {
		return cli.Exit(err.Error(), exitUsage)
	}
	return err
}
