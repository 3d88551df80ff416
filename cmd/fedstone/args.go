package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// flagsFirst moves flags before the arguments of the (sub)command they belong
// to: urfave/cli v2 stops reading flags at the first argument and would take
// `probe corp --format json` for three arguments, silently. What follows `--`
// stays where it is, and so does what follows the command of `lab run`.
func flagsFirst(app *cli.App, args []string) []string {
	if len(args) == 0 || slices.Contains(args, "--generate-bash-completion") {
		return args
	}
	head, rest := args[:1:1], args[1:]
	commands := app.Commands
	var current *cli.Command
	for len(rest) > 0 {
		next := find(commands, rest[0])
		if next == nil {
			break
		}
		current, commands = next, next.Subcommands
		head, rest = append(head, rest[0]), rest[1:]
	}
	if current == nil || current.SkipFlagParsing || current.Name == "run" {
		return append(head, rest...)
	}
	flags, plain := split(current, rest)
	return append(append(head, flags...), plain...)
}

func find(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

// split parts flags, with their values, from plain arguments. Plain arguments
// are put behind `--` so that none is taken for a flag again.
func split(c *cli.Command, args []string) (flags, plain []string) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			return flags, append(append([]string{"--"}, plain...), args[i+1:]...)
		case !strings.HasPrefix(arg, "-") || arg == "-":
			plain = append(plain, arg)
		case takesValue(c, arg) && i+1 < len(args):
			flags = append(flags, arg, args[i+1])
			i++
		default:
			flags = append(flags, arg)
		}
	}
	if len(plain) > 0 {
		plain = append([]string{"--"}, plain...)
	}
	return flags, plain
}

// takesValue reports whether the flag's value is the next argument.
func takesValue(c *cli.Command, arg string) bool {
	if strings.Contains(arg, "=") {
		return false
	}
	name := strings.TrimLeft(arg, "-")
	for _, f := range c.Flags {
		if slices.Contains(f.Names(), name) {
			_, isBool := f.(*cli.BoolFlag)
			return !isBool
		}
	}
	return false
}
