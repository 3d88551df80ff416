package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

func applyCommand() *cli.Command {
	return &cli.Command{
		Name:  "apply",
		Usage: "bring about the objects on a live Keystone",
		Description: `Makes or changes, in this order: domains, projects, groups, their roles, mappings,
identity providers, protocols. What a login needs last is done last, nothing is
ever deleted, and a second run changes nothing. --plan prints the difference and
exits with status 1 if there is one.

The credentials are those of the environment (an openrc file) or of a cloud in
clouds.yaml; the account needs the role admin. The token is revoked at the end.`,
		Flags: append([]cli.Flag{
			fileFlag(),
			&cli.BoolFlag{Name: "plan", Usage: "print what would change, and change nothing"},
			&cli.StringFlag{Name: "cloud", Usage: "log in to the cloud `NAME` of clouds.yaml (default: OS_CLOUD, else the other OS_ variables)"},
			caFileFlag(), timeoutFlag(),
			formatFlag("text", "json"),
		}, outputFlags()...),
		Before: noArguments,
		Action: runApply,
	}
}

func runApply(c *cli.Context) (err error) {
	fed, err := loadFederation(c)
	if err != nil {
		return err
	}
	mappings, err := compileMappings(c, fed)
	if err != nil {
		return err
	}
	client, err := keystone.Connect(c.Context, keystone.Auth{Cloud: c.String("cloud"), CAFile: caFile(c, fed), Timeout: c.Duration("timeout")})
	if err != nil {
		return mended(err)
	}
	defer func() { err = afterwards(c, err, keystone.Revoke(c.Context, client)) }()
	if c.Bool("debug") {
		client.HTTPClient.Transport = requestLog{next: client.HTTPClient.Transport, out: c.App.ErrWriter}
	}
	return mended(planAndExecute(c, apply.Live(client), fed, mappings))
}

// afterwards joins what the work said and what revoking said. A quiet exit status
// of the work stays: the failure to revoke is told beside it.
func afterwards(c *cli.Context, work, revoking error) error {
	var coded cli.ExitCoder
	if revoking != nil && errors.As(work, &coded) {
		fmt.Fprintf(c.App.ErrWriter, "fedstone: %s\n", finding.PrintableLines(revoking.Error()))
		return work
	}
	return errors.Join(work, revoking)
}

func planAndExecute(c *cli.Context, api apply.API, fed *spec.Federation, mappings map[string]json.RawMessage) error {
	changes, list, err := apply.Plan(c.Context, api, fed, mappings)
	if err != nil {
		return err
	}
	if err := reportAs(exitFindings, c, list, descriptionSource(fed)); err != nil {
		return err
	}
	if c.Bool("plan") {
		return printPlan(c, changes)
	}
	return execute(c, changes)
}

// printPlan prints the difference; status 1 says that there is one.
func printPlan(c *cli.Context, changes apply.Changes) error {
	write := apply.WriteText
	if c.String("format") == "json" {
		write = func(w io.Writer, changes apply.Changes) error { return apply.WriteJSON(w, changes, 0) }
	}
	if err := write(c.App.Writer, changes); err != nil {
		return err
	}
	if len(changes.Pending()) > 0 {
		return quietExit(exitFindings)
	}
	return nil
}

// execute reports each change when it is made: as text on standard output, else
// as progress. The JSON report comes at the end, also after a failure: its
// `applied` says how far things came.
func execute(c *cli.Context, changes apply.Changes) error {
	applied, asJSON := 0, c.String("format") == "json"
	err := apply.Execute(c.Context, changes, func(done apply.Change) {
		applied++
		switch {
		case !asJSON:
			_ = apply.WriteChange(c.App.Writer, done) // a closed output must not end the work in the middle
		case showProgress(c):
			_, _ = fmt.Fprintln(c.App.ErrWriter, done)
		}
	})
	switch {
	case asJSON:
		return errors.Join(err, apply.WriteJSON(c.App.Writer, changes, applied))
	case err == nil:
		return apply.WriteSummary(c.App.Writer, changes)
	}
	return err
}

// compileMappings gives each identity provider's mapping in Keystone's form.
func compileMappings(c *cli.Context, fed *spec.Federation) (map[string]json.RawMessage, error) {
	mappings, release := map[string]json.RawMessage{}, fed.KeystoneRelease()
	for _, idp := range fed.IdentityProviders {
		m, list, err := mapping.For(idp, release, filepath.Dir(fed.Path))
		if err != nil {
			return nil, cli.Exit(fmt.Sprintf("identity provider %s: %v", idp.ID, err), exitUsage)
		}
		if err := reportFindings(c, list, descriptionSource(fed)); err != nil {
			return nil, err
		}
		if mappings[idp.ID.Value], err = m.Bytes(); err != nil {
			return nil, fmt.Errorf("identity provider %s: its mapping: %w", idp.ID, err)
		}
	}
	return mappings, nil
}

// descriptionSource reads the description again for the lines that findings show;
// without it (standard input) they show none.
func descriptionSource(fed *spec.Federation) map[string][]byte {
	src, err := os.ReadFile(fed.Path)
	if err != nil {
		return nil
	}
	return map[string][]byte{fed.Path: src}
}
