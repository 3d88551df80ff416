package main

import (
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
)

func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:  "schema",
		Usage: "print the JSON Schema of federation.yaml",
		Description: "For editors: save it beside the description and name it there in a first line\n" +
			"   # yaml-language-server: $schema=federation.schema.json",
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			_, err := c.App.Writer.Write(spec.Schema())
			return err
		},
	}
}
