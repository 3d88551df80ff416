package main

import (
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/lab"
)

func labReloadCommand() *cli.Command {
	return &cli.Command{
		Name:   "reload",
		Usage:  "restart the lab's httpd, so that what now lies below its root/ is served",
		Flags:  []cli.Flag{labDirFlag()},
		Before: noArguments,
		Action: func(c *cli.Context) error {
			return lab.Reload(c.Context, c.String("dir"))
		},
	}
}
