package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/roots"
)

func labCommand() *cli.Command {
	return &cli.Command{
		Name:  "lab",
		Usage: "the real stack on loopback: MariaDB, memcached, Keystone, httpd, OpenID Providers",
		Description: `The lab runs Debian's own programs as child processes on 127.0.0.1, with TLS from
a CA made on the spot, in one folder and one block of ports. It touches nothing of
the host's services. Its root/ folder is a target's root: render into it and reload.

   fedstone lab install            what the lab needs, from the package registries
   fedstone lab up                 corp and partner (Keycloak), campus (oidc-provider)
   fedstone lab run -- CMD…        up, run the command with the lab's environment, down
   fedstone lab down               also ends what a killed run left`,
		Subcommands: []*cli.Command{
			labInstallCommand(), labUpCommand(), labReloadCommand(), labIntroduceCommand(),
			labStatusCommand(), labRunCommand(), labDownCommand(),
		},
	}
}

// labDirFlag names the lab's folder. httpd, Keystone and MariaDB run as users of
// their own, so it must not lie below a home folder that others cannot enter.
func labDirFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "dir", Value: "/var/lib/fedstone-lab", EnvVars: []string{"FEDSTONE_LAB"},
		Usage: "the lab's `FOLDER`: all of its state, logs and secrets",
	}
}

// labPartsFlags choose the parts of a lab.
func labPartsFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "with", Usage: "add the optional `PART`: horizon"},
		&cli.StringSliceFlag{Name: "without", Usage: "leave the `PART` out: keycloak or campus"},
		&cli.StringFlag{Name: "debian", Usage: "run MariaDB, Keystone, httpd and Horizon of another Debian `SUITE`: " + strings.Join(roots.Names(), ", ")},
	}
}

// labParts reads --with and --without.
func labParts(c *cli.Context) (lab.Options, error) {
	opts := lab.Options{Keycloak: true, Light: true, Debian: c.String("debian")}
	if opts.Debian != "" {
		if err := oneOf("--debian", opts.Debian, roots.Names()); err != nil {
			return opts, err
		}
	}
	for _, part := range c.StringSlice("with") {
		if err := oneOf("--with", part, []string{"horizon"}); err != nil {
			return opts, err
		}
		opts.Horizon = true
	}
	for _, part := range c.StringSlice("without") {
		if err := oneOf("--without", part, []string{"keycloak", "campus"}); err != nil {
			return opts, err
		}
		opts.Keycloak = opts.Keycloak && part != "keycloak"
		opts.Light = opts.Light && part != "campus"
	}
	return opts, nil
}

func basePortFlag() cli.Flag {
	return &cli.IntFlag{
		Name: "base-port", Value: lab.DefaultBasePort,
		Usage: "first `PORT` of the block: Keystone here, Horizon +80, Keycloak +443, campus +444",
	}
}
