package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
)

// completeProviders completes a command's flags, and behind --idp and --token the
// identity providers of the description.
func completeProviders(c *cli.Context) {
	after, ok := map[string]string{"idp": "", "token": "="}[strings.TrimLeft(wordBefore(os.Args), "-")]
	if !ok {
		cli.DefaultCompleteWithFlags(c.Command)(c)
		return
	}
	for _, name := range providersOf(c) {
		fmt.Fprintln(c.App.Writer, name+after)
	}
}

// wordBefore is the word before the one to complete: the shell's script puts the
// order to complete behind it.
func wordBefore(args []string) string {
	if len(args) < 2 {
		return ""
	}
	return args[len(args)-2]
}

// providersOf gives no name of a description with errors: the shell would expand
// what an id may not hold.
func providersOf(c *cli.Context) []string {
	path := c.String("file")
	if path == "-" {
		return nil
	}
	fed, _, list, err := spec.ReadFile(path, nil)
	if err != nil || list.HasErrors() {
		return nil
	}
	var names []string
	for _, idp := range fed.IdentityProviders {
		names = append(names, idp.ID.Value)
	}
	return names
}
