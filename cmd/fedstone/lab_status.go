package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/lab"
)

func labStatusCommand() *cli.Command {
	return &cli.Command{
		Name:   "status",
		Usage:  "say which of the lab's services run (exit status 1 if one does not)",
		Flags:  []cli.Flag{labDirFlag()},
		Before: noArguments,
		Action: labStatus,
	}
}

func labStatus(c *cli.Context) error {
	running, err := lab.Open(c.String("dir"))
	if errors.Is(err, lab.ErrNotRunning) {
		return cli.Exit(err.Error(), exitFindings)
	}
	if err != nil {
		return err
	}
	services, err := running.Status(c.Context)
	if err != nil {
		return err
	}
	failed := false
	for _, s := range services {
		failed = failed || !s.Answers
		if _, err := fmt.Fprintf(c.App.Writer, "%-8s  %-9s  process %d  log %s\n", said(s), s.Name, s.PID, s.Log); err != nil {
			return err
		}
	}
	if failed {
		return quietExit(exitFindings)
	}
	return describeLab(c.App.Writer, running)
}

func said(s lab.ServiceStatus) string {
	switch {
	case s.Answers:
		return "ok"
	case s.Running:
		return "silent"
	default:
		return "ended"
	}
}
