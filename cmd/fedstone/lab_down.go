package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/lab"
)

func labDownCommand() *cli.Command {
	return &cli.Command{
		Name:   "down",
		Usage:  "end the lab, and whatever a killed run left of it",
		Flags:  []cli.Flag{labDirFlag()},
		Before: noArguments,
		Action: func(c *cli.Context) error {
			err := lab.Down(c.Context, c.String("dir"))
			if errors.Is(err, lab.ErrNotRunning) {
				_, err = fmt.Fprintf(c.App.Writer, "no lab in %s\n", c.String("dir"))
			}
			return err
		},
	}
}
