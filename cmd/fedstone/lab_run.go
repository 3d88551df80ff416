package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

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

// cleanUpTime is how long the command may go on after an interrupt.
const cleanUpTime = 10 * time.Second

// runInside runs the command in the foreground. An interrupt reaches it, and all
// that it has started, before the lab goes.
func runInside(c *cli.Context, running *lab.Lab) error {
	args := c.Args().Slice()
	cmd := exec.CommandContext(c.Context, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), running.Env()...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.App.Reader, c.App.Writer, c.App.ErrWriter
	cmd.WaitDelay = cleanUpTime
	interruptible(cmd, c.App.Reader)
	err := cmd.Run()
	if c.Context.Err() != nil {
		awaitGroup(cmd)
	}
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.ExitCode() > 0 {
		return quietExit(ended.ExitCode())
	}
	return err
}

// interruptible says how an interrupt is passed on. At a terminal Ctrl-C reaches
// everybody by itself, and a group of its own would lose the terminal; elsewhere
// the command gets a group that can be signalled as a whole.
func interruptible(cmd *exec.Cmd, stdin io.Reader) {
	in, isFile := stdin.(*os.File)
	if isFile && term.IsTerminal(int(in.Fd())) {
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
		return
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
}

// awaitGroup waits until nothing of the command's group is left: a shell ends
// before what it has started.
func awaitGroup(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil || cmd.Process == nil {
		return
	}
	for end := time.Now().Add(cleanUpTime); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if syscall.Kill(-cmd.Process.Pid, 0) != nil {
			return
		}
	}
}
