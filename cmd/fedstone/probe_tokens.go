package main

import (
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// givenTokens reads --token: from files and standard input, since on the command
// line every user of the machine could read them.
func givenTokens(c *cli.Context) (map[string]secret.Value, error) {
	out := map[string]secret.Value{}
	for _, given := range c.StringSlice("token") {
		idp, path, ok := strings.Cut(given, "=")
		if !ok || idp == "" || path == "" {
			return nil, usageError("--token: expected IDP=FILE, where FILE holds the token (- is standard input)")
		}
		token, err := givenToken(path, c.App.Reader)
		if err != nil {
			// Whoever gives the token itself for its file must not find it in a log.
			return nil, usageError("--token %s: %s", idp, new(secret.Redactor).Redact(err.Error()))
		}
		out[idp] = token
	}
	return out, nil
}

func givenToken(path string, stdin io.Reader) (secret.Value, error) {
	if path == spec.Stdin {
		return oidc.ReadToken("standard input", stdin)
	}
	return oidc.TokenFile(path)
}

// oneReader refuses a call in which two things are to come from standard input:
// it can be read once.
func oneReader(c *cli.Context, piped []string) error {
	if c.String("file") == spec.Stdin {
		piped = append([]string{"the description (-f -)"}, piped...)
	}
	for _, given := range c.StringSlice("token") {
		if idp, path, _ := strings.Cut(given, "="); path == spec.Stdin {
			piped = append(piped, "the token of "+idp)
		}
	}
	if len(piped) > 1 {
		return usageError("%s are to come from standard input, which can be only one of them", strings.Join(piped, " and "))
	}
	return nil
}
