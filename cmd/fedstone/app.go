package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pattern"
)

const about = `fedstone turns one federation.yaml into everything a Keystone needs to trust
OpenID Connect issuers, brings it about, and proves on the live cloud that tokens
are issued to the right people and to nobody else.

A first tour:

   fedstone init --issuer https://sso.example.org/realms/corp -o federation.yaml
   fedstone render -o out          httpd, metadata, mappings, keystone.conf, Horizon
   fedstone validate out           what is wrong with these files, or any others
   fedstone test                   what Keystone will make of logins, offline; map says why
   fedstone apply --plan           what would change on the live Keystone
   fedstone probe --isolation      log in, and try every token at every path
   fedstone token                  log in and print a Keystone token, for scripts

Exit status: 0 as wished; 1 findings, drift or a failed step; 2 wrong usage or
bad input; 3 could not run; 130 interrupted.`

// run is the whole program: it gives the exit status and never ends the process.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	app := newApp(stdin, stdout, stderr)
	err := app.RunContext(ctx, flagsFirst(app, args))
	return exitStatus(ctx, err, stderr)
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *cli.App {
	app := &cli.App{
		Name:                 "fedstone",
		Usage:                "OpenStack Keystone federation over OpenID Connect, rendered, applied and proven",
		Description:          about,
		Version:              version(),
		Reader:               stdin,
		Writer:               stdout,
		ErrWriter:            stderr,
		EnableBashCompletion: true,
		HideHelpCommand:      true,
		ExitErrHandler:       func(*cli.Context, error) {}, // run decides
		OnUsageError:         onUsageError,
		Action:               unknownCommand,
		Commands: []*cli.Command{
			initCommand(), schemaCommand(), renderCommand(), validateCommand(), explainCommand(),
			testCommand(), mapCommand(), importCommand(), applyCommand(), registerCommand(), samlCommand(), adapterCommand(), caCommand(),
			probeCommand(), tokenCommand(), labCommand(), completionCommand(),
		},
	}
	prepare(app.Commands)
	return app
}

// prepare gives every command the same manners: usage errors on stderr with
// status 2, and nothing of the help text between them and the reader.
func prepare(commands []*cli.Command) {
	for _, c := range commands {
		c.OnUsageError = onUsageError
		c.HideHelpCommand = true
		if len(c.Subcommands) > 0 && c.Action == nil {
			c.Action = unknownCommand
		}
		prepare(c.Subcommands)
	}
}

func onUsageError(c *cli.Context, err error, _ bool) error {
	text := err.Error()
	if name, unknown := strings.CutPrefix(text, "flag provided but not defined: -"); unknown {
		text = "unknown flag " + cli.FlagNamePrefixer([]string{name}, "") + nearestFlag(c.Command, name)
	}
	if broken := invalidValue().FindStringSubmatch(text); broken != nil {
		return usageError("--%s %s: expected %s", broken[2], broken[1], expectedBy(c.Command, broken[2]))
	}
	return usageError("%s\nsee `%s --help`", text, strings.TrimSpace(c.Command.HelpName))
}

// nearestFlag asks whether a flag of the command was meant.
func nearestFlag(command *cli.Command, name string) string {
	var known []string
	for _, f := range command.Flags {
		known = append(known, f.Names()...)
	}
	if near := finding.Nearest(name, known); near != "" {
		return "; did you mean " + cli.FlagNamePrefixer([]string{near}, "") + "?"
	}
	return ""
}

// invalidValue matches what package flag says of a value that it cannot read.
var invalidValue = pattern.Lazy(`^invalid value (".*") for flag -(\S+): `)

// expectedBy says what a flag of a command takes.
func expectedBy(command *cli.Command, name string) string {
	for _, f := range command.Flags {
		if !slices.Contains(f.Names(), name) {
			continue
		}
		switch f.(type) {
		case *cli.DurationFlag:
			return "a time such as 30s or 5m"
		case *cli.IntFlag:
			return "a number"
		}
	}
	return "another value"
}

func unknownCommand(c *cli.Context) error {
	if !c.Args().Present() {
		return cli.ShowSubcommandHelp(c)
	}
	seen := c.Args().First()
	var names []string
	for _, known := range c.Command.Subcommands {
		names = append(names, known.Name)
	}
	if len(names) == 0 {
		for _, known := range c.App.Commands {
			names = append(names, known.Name)
		}
	}
	hint := ""
	if near := finding.Nearest(seen, names); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return usageError("unknown command %q%s\ncommands: %s", seen, hint, strings.Join(names, ", "))
}
