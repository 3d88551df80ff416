package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
)

// Exit statuses, a part of the command line's contract.
const (
	exitClean       = 0   // as wished
	exitFindings    = 1   // findings, drift, a failed step
	exitUsage       = 2   // wrong usage or bad input
	exitFailed      = 3   // could not run: network, permission, missing program
	exitInterrupted = 130 // ended by SIGINT or SIGTERM, after cleaning up
)

// usageError is a wrong call of the command line.
func usageError(format string, args ...any) error {
	return cli.Exit(fmt.Sprintf(format, args...), exitUsage)
}

// quietExit ends with a status when everything has been said already.
func quietExit(code int) error { return cli.Exit("", code) }

// exitStatus prints the error, if it has something to say, and gives the status
// that belongs to it. An error without a status of its own means that the work
// could not be done.
func exitStatus(ctx context.Context, err error, stderr io.Writer) int {
	if err == nil {
		return exitClean
	}
	if text := err.Error(); text != "" {
		_, _ = fmt.Fprintf(stderr, "fedstone: %s\n", finding.PrintableLines(text))
	}
	if ctx.Err() != nil && errors.Is(context.Cause(ctx), context.Canceled) {
		return exitInterrupted
	}
	var coded cli.ExitCoder
	if errors.As(err, &coded) {
		return coded.ExitCode()
	}
	return exitFailed
}
