package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/cabundle"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

func caCommand() *cli.Command {
	return &cli.Command{
		Name:      "ca",
		Usage:     "judge bundles of CA certificates",
		ArgsUsage: "FILE...",
		Description: `Reads PEM files of CA certificates and tells what some program refuses or passes
over: blocks that are broken, certificates that are no CA's, that may not sign, are
expired, weak or without their root, and private keys. With --server the chain that
a server shows is held against each bundle. Without FILE the bundles of the
description are judged (keystone.ca_file, httpd.ca_file), against its issuers too
where --issuers is given.

Exit status 1 if there is an error or a warning.`,
		Flags: append([]cli.Flag{
			fileFlag(),
			&cli.StringSliceFlag{Name: "server", Usage: "ask the server of the https `URL` for its chain (repeat for several)"},
			&cli.BoolFlag{Name: "issuers", Usage: "ask the issuers of the description for theirs"},
			timeoutFlag(), formatFlag("text", "json"),
		}, outputFlags()...),
		Action: runCA,
	}
}

func runCA(c *cli.Context) error {
	paths, places := c.Args().Slice(), c.StringSlice("server")
	if len(paths) == 0 || c.Bool("issuers") {
		fed, err := loadFederation(c)
		if err != nil {
			return err
		}
		if len(paths) == 0 {
			paths = bundlesOf(fed)
		}
		if c.Bool("issuers") {
			places = append(places, issuersOf(fed)...)
		}
	}
	if len(paths) == 0 {
		return usageError("no bundle to judge: expected FILE, or keystone.ca_file or httpd.ca_file in the description")
	}
	servers, err := shownBy(c, places)
	if err != nil {
		return err
	}
	var list finding.List
	for _, path := range paths {
		found, err := judgeBundle(path, servers)
		if err != nil {
			return usageError("%s", err)
		}
		list = append(list, found...)
	}
	return writeFindings(c, list, len(paths))
}

func judgeBundle(path string, servers []cabundle.Server) (finding.List, error) {
	bundle, _, list, err := cabundle.Read(path)
	if err != nil {
		return nil, err
	}
	list = append(list, bundle.Check(time.Now())...)
	if len(servers) > 0 {
		list = append(list, bundle.Against(servers, time.Now())...)
	}
	return list, nil
}

// bundlesOf are the files that a description names.
func bundlesOf(fed *spec.Federation) []string {
	var out []string
	for _, t := range []spec.Text{fed.Keystone.CAFile, fed.HTTPD.CAFile} {
		if t.Given() {
			out = append(out, besideDescription(fed, t.Value))
		}
	}
	return out
}

func issuersOf(fed *spec.Federation) []string {
	var out []string
	for _, idp := range fed.IdentityProviders {
		if idp.Issuer.Given() {
			out = append(out, idp.Issuer.Value)
		}
	}
	return out
}

// shownBy asks servers for their chains.
func shownBy(c *cli.Context, places []string) ([]cabundle.Server, error) {
	var out []cabundle.Server
	for _, place := range places {
		ctx, cancel := context.WithTimeout(c.Context, c.Duration("timeout"))
		chain, err := cabundle.Shown(ctx, place)
		cancel()
		if err != nil {
			return nil, fmt.Errorf("--server: %w", err)
		}
		out = append(out, cabundle.Server{Name: finding.Printable(place), Chain: chain})
	}
	return out, nil
}

// writeFindings is the report on standard output, and the status that follows from it.
func writeFindings(c *cli.Context, list finding.List, files int) error {
	list.Sort()
	err := writeList(c, c.App.Writer, list, files)
	if err == nil && fails("warning", list) {
		return quietExit(exitFindings)
	}
	return err
}

func writeList(c *cli.Context, w io.Writer, list finding.List, files int) error {
	if c.String("format") == "json" {
		return finding.WriteJSON(w, list, files)
	}
	if err := finding.WriteText(w, list, finding.TextOptions{Color: useColor(c)}); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, finding.Summary(list, files))
	return err
}
