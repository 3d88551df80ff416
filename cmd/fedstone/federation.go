package main

import (
	"cmp"
	"errors"
	"io/fs"
	"net/http"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// loadFederation reads the description that -f names. Findings are reported;
// with an error among them the command ends with status 2.
func loadFederation(c *cli.Context) (*spec.Federation, error) {
	fed, _, err := readFederation(c)
	return fed, err
}

// readFederation gives the findings as well, which are reported by then.
func readFederation(c *cli.Context) (*spec.Federation, finding.List, error) {
	path := c.String("file")
	fed, src, list, err := spec.ReadFile(path, c.App.Reader)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, usageError("%s: no such file; name the description with -f FILE, or begin one with `fedstone init`", path)
	}
	if err != nil {
		return nil, nil, cli.Exit(err.Error(), exitUsage)
	}
	if err := reportFindings(c, list, map[string][]byte{path: src}); err != nil {
		return nil, nil, err
	}
	return fed, list, nil
}

// reportFindings draws findings on standard error, and gives an error of status
// 2 if one of them is an error. Standard output stays for results.
func reportFindings(c *cli.Context, list finding.List, sources map[string][]byte) error {
	return reportAs(exitUsage, c, list, sources)
}

// reportAs is reportFindings with another status: what a live Keystone shows is
// no wrong input.
func reportAs(status int, c *cli.Context, list finding.List, sources map[string][]byte) error {
	list.Sort()
	opts := finding.TextOptions{Source: func(path string) []byte { return sources[path] }}
	if err := finding.WriteText(c.App.ErrWriter, list, opts); err != nil {
		return err
	}
	if list.HasErrors() {
		return quietExit(status)
	}
	return nil
}

// caFile is the PEM file the user named, on the command line or in the
// description; "" is the system's CAs alone.
func caFile(c *cli.Context, fed *spec.Federation) string {
	given := c.String("ca-file")
	if given == "" && fed != nil && fed.Keystone.CAFile.Given() {
		return besideDescription(fed, fed.Keystone.CAFile.Value)
	}
	return given
}

// besideDescription resolves a path as the description means it: relative to the
// folder it lies in.
func besideDescription(fed *spec.Federation, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(cmp.Or(fed.Path, ".")), path)
}

// httpClient talks to Keystone and the issuers: TLS only, no redirects.
func httpClient(c *cli.Context, fed *spec.Federation) (*http.Client, error) {
	client, err := oidc.NewHTTPClient(caFile(c, fed), oidc.WithTimeout(c.Duration("timeout")))
	if err != nil {
		return nil, cli.Exit(err.Error(), exitUsage)
	}
	if c.Bool("debug") {
		client.Transport = requestLog{next: client.Transport, out: c.App.ErrWriter}
	}
	return client, nil
}
