package main

import (
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"
)

// fileFlag names the description to read.
func fileFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "file", Aliases: []string{"f"}, Value: "federation.yaml",
		Usage: "read the description from `FILE` (- is standard input)",
	}
}

// caFileFlag names CAs for the commands that talk to Keystone and the issuers.
func caFileFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "ca-file", EnvVars: []string{"OS_CACERT"},
		Usage: "trust the CA certificates of this PEM `FILE` besides the system's (default: keystone.ca_file of the description)",
	}
}

// timeoutFlag bounds every request, its answer's last byte included.
func timeoutFlag() cli.Flag {
	return positive("timeout", 30*time.Second, "give up on a single request after `DURATION`")
}

// allowExecFlag permits what is a program of the description's choice.
func allowExecFlag() cli.Flag {
	return &cli.BoolFlag{Name: "allow-exec", Usage: "let secrets come from commands (exec:) of the description"}
}

// positive is a flag for a time above zero.
func positive(name string, value time.Duration, usage string) cli.Flag {
	return &cli.DurationFlag{
		Name: name, Value: value, Usage: usage,
		Action: func(_ *cli.Context, seen time.Duration) error {
			if seen <= 0 {
				return usageError("--%s %s: expected a time above zero, such as 30s", name, seen)
			}
			return nil
		},
	}
}

// formatFlag chooses among the output formats of a command; the first is the default.
func formatFlag(formats ...string) cli.Flag {
	return &cli.StringFlag{
		Name: "format", Value: formats[0],
		Usage: "write results as `FORMAT`: " + strings.Join(formats, " or "),
		Action: func(_ *cli.Context, seen string) error {
			return oneOf("--format", seen, formats)
		},
	}
}

// outputFlags are the manners of every command that prints a report.
func outputFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{
			Name: "color", Value: "auto", Usage: "colour the report: `WHEN` is auto, always or never (NO_COLOR is heeded)",
			Action: func(_ *cli.Context, seen string) error {
				return oneOf("--color", seen, []string{"auto", "always", "never"})
			},
		},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no progress on standard error"},
		&cli.BoolFlag{Name: "debug", Usage: "log each HTTP request's method, address, status and time to standard error"},
	}
}

func oneOf(flag, seen string, allowed []string) error {
	if slices.Contains(allowed, seen) {
		return nil
	}
	return usageError("%s %q: expected %s", flag, seen, strings.Join(allowed, " or "))
}

// useColor says whether the report on standard output is coloured.
func useColor(c *cli.Context) bool {
	switch c.String("color") {
	case "always":
		return true
	case "never":
		return false
	}
	out, isFile := c.App.Writer.(*os.File)
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isFile && term.IsTerminal(int(out.Fd()))
}

// showProgress says whether progress may be drawn on standard error: a terminal
// that knows how to clear a line.
func showProgress(c *cli.Context) bool {
	errOut, isFile := c.App.ErrWriter.(*os.File)
	return !c.Bool("quiet") && os.Getenv("TERM") != "dumb" && isFile && term.IsTerminal(int(errOut.Fd()))
}

// noArguments refuses arguments where a command takes flags only.
func noArguments(c *cli.Context) error {
	if c.Args().Present() {
		return usageError("unexpected argument %q: %s takes flags only", c.Args().First(), c.Command.Name)
	}
	return nil
}
