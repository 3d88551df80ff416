package main

import (
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

func probeCommand() *cli.Command {
	return &cli.Command{
		Name:  "probe",
		Usage: "log in at the live cloud and say, step by step, who answered and what to mend",
		Description: "Logs in as each identity provider's `probe:` says, exchanges the token at Keystone,\n" +
			"and revokes it at the end. Like any login this makes a shadow user and what the mapping grants.",
		Flags:  append(probeFlags(), outputFlags()...),
		Before: noArguments,
		Action: runProbe,
	}
}

func probeFlags() []cli.Flag {
	return []cli.Flag{
		fileFlag(), caFileFlag(), formatFlag("text", "json"),
		&cli.StringSliceFlag{Name: "idp", Usage: "probe the identity provider `NAME` only (may be repeated)"},
		&cli.BoolFlag{Name: "isolation", Usage: "also try every token at every path, other clients' tokens and forged headers"},
		&cli.StringFlag{Name: "controller", Usage: "connect to `NAME=ADDRESS` in place of Keystone's public address, past the load balancer"},
		&cli.StringSliceFlag{Name: "token", Usage: "use the token in a file instead of a login: `IDP=FILE` (may be repeated)"},
		&cli.DurationFlag{Name: "timeout", Value: 30 * time.Second, Usage: "give up on a single request after `DURATION`"},
	}
}

func runProbe(c *cli.Context) error {
	fed, err := loadFederation(c)
	if err != nil {
		return err
	}
	client, err := probeClient(c, fed)
	if err != nil {
		return err
	}
	tokens, err := tokenFiles(c.StringSlice("token"))
	if err != nil {
		return err
	}
	result, err := probe.Run(c.Context, fed, probeOptions(c, fed, client, tokens))
	if err != nil {
		return usageError("%s", err)
	}
	return reportProbe(c, result)
}

func probeOptions(c *cli.Context, fed *spec.Federation, client *http.Client, tokens map[string]secret.Value) probe.Options {
	resolver := spec.Resolver{Dir: filepath.Dir(fed.Path)}
	mask := &secret.Redactor{}
	mask.Add(slices.Collect(maps.Values(tokens))...)
	return probe.Options{
		Client: client, Names: c.StringSlice("idp"), Isolation: c.Bool("isolation"), Tokens: tokens,
		Resolve: resolver.Resolve, Mask: mask, Progress: probeProgress(c),
		Local: func(path string) string { return besideDescription(fed, path) },
	}
}

func probeProgress(c *cli.Context) func(string, string) {
	if !showProgress(c) {
		return nil
	}
	return func(provider, step string) {
		_, _ = fmt.Fprintf(c.App.ErrWriter, "\r\x1b[K%s: %s", provider, step)
	}
}

func reportProbe(c *cli.Context, result probe.Result) error {
	if showProgress(c) {
		_, _ = fmt.Fprint(c.App.ErrWriter, "\r\x1b[K")
	}
	write := func() error { return result.WriteText(c.App.Writer, probe.TextOptions{Color: useColor(c)}) }
	if c.String("format") == "json" {
		write = func() error { return result.WriteJSON(c.App.Writer) }
	}
	if err := write(); err != nil {
		return err
	}
	switch {
	case result.Unreachable:
		return quietExit(exitFailed)
	case !result.OK():
		return quietExit(exitFindings)
	}
	return nil
}

func probeClient(c *cli.Context, fed *spec.Federation) (*http.Client, error) {
	opts := []oidc.ClientOption{oidc.WithTimeout(c.Duration("timeout"))}
	if given := c.String("controller"); given != "" {
		name, address, ok := strings.Cut(given, "=")
		public, err := url.Parse(fed.Keystone.URL.Value)
		if !ok || name == "" || address == "" || err != nil {
			return nil, usageError("--controller %q: expected NAME=ADDRESS, such as ctl0=10.0.0.11", given)
		}
		from := net.JoinHostPort(public.Hostname(), portOf(public))
		opts = append(opts, oidc.WithAddress(from, withPort(address, portOf(public))))
	}
	client, err := oidc.NewHTTPClient(caFile(c, fed), opts...)
	if err != nil {
		return nil, usageError("%s", err)
	}
	if c.Bool("debug") {
		client.Transport = requestLog{next: client.Transport, out: c.App.ErrWriter}
	}
	return client, nil
}

func portOf(u *url.URL) string {
	if u.Port() != "" {
		return u.Port()
	}
	return "443"
}

// withPort adds Keystone's port to an address that has none.
func withPort(address, port string) string {
	if _, _, err := net.SplitHostPort(address); err == nil {
		return address
	}
	return net.JoinHostPort(strings.Trim(address, "[]"), port)
}

// tokenFiles reads tokens from files: on the command line every user of the
// machine could read them.
func tokenFiles(list []string) (map[string]secret.Value, error) {
	out := map[string]secret.Value{}
	for _, given := range list {
		idp, path, ok := strings.Cut(given, "=")
		if !ok || idp == "" || path == "" {
			return nil, usageError("--token: expected IDP=FILE, where FILE holds the token")
		}
		token, err := oidc.TokenFile(path)
		if err != nil {
			// Whoever gives the token itself for its file must not find it in a log.
			return nil, usageError("--token %s: %s", idp, new(secret.Redactor).Redact(err.Error()))
		}
		out[idp] = token
	}
	return out, nil
}
