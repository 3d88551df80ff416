package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

func initCommand() *cli.Command {
	return &cli.Command{
		Name:  "init",
		Usage: "write a commented federation.yaml from what issuers announce",
		Description: "Reads the discovery document of each issuer and writes a description to begin\n" +
			"with: it loads as it is, and its comments say what to register and to decide.",
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "issuer", Usage: "issuer `URL`, as it writes itself; once for each issuer"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: spec.Stdin, Usage: "write to `FILE` (- is standard output)"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite the file if there is one"},
			caFileFlag(), timeoutFlag(),
		}, outputFlags()...),
		Action: initAction,
	}
}

func initAction(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	issuers := c.StringSlice("issuer")
	if len(issuers) == 0 {
		return usageError("--issuer is missing: fedstone init --issuer https://sso.example.org/realms/corp")
	}
	for _, issuer := range issuers {
		if !strings.HasPrefix(issuer, "https://") {
			return usageError("--issuer %q: expected an https URL, as the provider writes its own issuer", issuer)
		}
	}
	// Asked first: nobody wants to wait for the network to be told of a file.
	if err := mayWrite(c.String("output"), c.Bool("force")); err != nil {
		return err
	}
	announced, err := discoverAll(c, issuers)
	if err != nil {
		return err
	}
	text, err := starter(c, announced)
	if err != nil {
		return err
	}
	return writeStarter(c, text)
}

func mayWrite(path string, force bool) error {
	if path == spec.Stdin || force {
		return nil
	}
	_, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	default:
		return usageError("%s exists already; --force overwrites it", path)
	}
}

func discoverAll(c *cli.Context, issuers []string) ([]spec.Announced, error) {
	client, err := httpClient(c, nil)
	if err != nil {
		return nil, err
	}
	var out []spec.Announced
	for _, issuer := range issuers {
		doc, err := oidc.Discover(c.Context, client, issuer)
		if err != nil {
			return nil, fmt.Errorf("discovery of %s: %w", issuer, err)
		}
		out = append(out, spec.Announced{Issuer: doc.Issuer, Scopes: doc.ScopesSupported,
			Claims: doc.ClaimsSupported, Grants: doc.GrantTypesSupported})
	}
	return out, nil
}

// starter gives the text, after loading it back: two issuers that cannot live in
// one file are told now.
func starter(c *cli.Context, announced []spec.Announced) ([]byte, error) {
	text, err := spec.Starter(announced...)
	if err != nil {
		return nil, usageError("%v", err)
	}
	const path = "federation.yaml"
	_, list := spec.Load(path, text)
	if list.HasErrors() {
		return nil, reportFindings(c, list, map[string][]byte{path: text})
	}
	return text, nil
}

func writeStarter(c *cli.Context, text []byte) error {
	path := c.String("output")
	if path == spec.Stdin {
		_, err := c.App.Writer.Write(text)
		return err
	}
	if !c.Bool("force") {
		return createStarter(c.App.ErrWriter, path, text)
	}
	if err := renameio.WriteFile(path, text, 0o644); err != nil {
		return err
	}
	return told(c.App.ErrWriter, path)
}

// createStarter makes the file, and only if it is still missing.
func createStarter(stderr io.Writer, path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, writing := file.Write(text)
	if err := errors.Join(writing, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return told(stderr, path)
}

func told(stderr io.Writer, path string) error {
	_, err := fmt.Fprintf(stderr, "wrote %s; next: edit it, then fedstone render -o out\n", finding.Printable(path))
	return err
}
