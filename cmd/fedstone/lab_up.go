package main

import (
	"fmt"
	"io"
	"syscall"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/lab"
)

func labUpCommand() *cli.Command {
	return &cli.Command{
		Name:   "up",
		Usage:  "bring the lab up and leave it running",
		Flags:  append(append([]cli.Flag{labDirFlag(), basePortFlag()}, labPartsFlags()...), quietFlag()),
		Before: noArguments,
		Action: func(c *cli.Context) error {
			running, err := bringUp(c)
			if err != nil {
				return err
			}
			return describeLab(c.App.Writer, running)
		},
	}
}

func quietFlag() cli.Flag {
	return &cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no progress on standard error"}
}

func bringUp(c *cli.Context) (*lab.Lab, error) {
	opts, err := labParts(c)
	if err != nil {
		return nil, err
	}
	// Keystone, MariaDB and httpd run as users of their own and must read what is
	// made for them; what they must not read gets its mode by name.
	syscall.Umask(0o022)
	opts.Dir, opts.BasePort = c.String("dir"), c.Int("base-port")
	if !c.Bool("quiet") {
		opts.Progress = c.App.ErrWriter
	}
	return lab.Up(c.Context, opts)
}

func describeLab(w io.Writer, l *lab.Lab) error {
	_, err := fmt.Fprintf(w, "Keystone  %s/v3\nCA        %s\nroot      %s\n", l.KeystoneURL, l.CAFile, l.Root)
	for _, issuer := range l.Issuers {
		_, err = fmt.Fprintf(w, "%-9s %s\n", issuer.Name, issuer.URL)
	}
	if l.HorizonURL != "" {
		_, err = fmt.Fprintf(w, "Horizon   %s\n", l.HorizonURL)
	}
	return err
}
