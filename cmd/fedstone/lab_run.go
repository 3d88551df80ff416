package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/lab"
)

func labRunCommand() *cli.Command {
	return &cli.Command{
		Name:      "run",
		Usage:     "bring the lab up, run a command with its environment, end the lab",
		ArgsUsage: "[--] COMMAND [ARGUMENT…]",
		Description: `The command finds FEDSTONE_LAB, the administrator's OS_* variables, OS_CACERT and
the clients' secrets in its environment. Its exit status becomes this command's.
The lab ends on success, failure and interrupt.`,
		Flags:  append(append([]cli.Flag{labDirFlag(), basePortFlag()}, labPartsFlags()...), quietFlag()),
		Action: labRun,
	}
}

func labRun(c *cli.Context) (err error) {
	if !c.Args().Present() {
		return usageError("lab run needs a command, such as: fedstone lab run -- bash")
	}
	if _, err := exec.LookPath(c.Args().First()); err != nil {
		return err // before the lab, not after it
	}
	running, err := bringUp(c)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, running.Down(context.WithoutCancel(c.Context)))
	}()
	return runInside(c, running)
}

// runInside runs the command in the foreground. An interrupt reaches it before
// the lab goes, and it has ten seconds to clean up.
func runInside(c *cli.Context, running *lab.Lab) error {
	args := c.Args().Slice()
	cmd := exec.CommandContext(c.Context, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), running.Env()...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.App.Reader, c.App.Writer, c.App.ErrWriter
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	err := cmd.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.ExitCode() > 0 {
		return quietExit(ended.ExitCode())
	}
	return err
}
