package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// application is a description that is brought about on one Keystone or several.
type application struct {
	c        *cli.Context
	fed      *spec.Federation
	mappings map[string]json.RawMessage
}

// onlyCloud is the usual call: the report is about one Keystone.
func (a application) onlyCloud() error {
	var name string
	if names := a.c.StringSlice("cloud"); len(names) > 0 {
		name = names[0]
	}
	changes, err := a.cloud(name, nil)
	if changes == nil || a.c.String("format") != "json" {
		return err
	}
	return errors.Join(err, apply.WriteJSON(a.c.App.Writer, apply.NewReport(changes)))
}

// cloud does the work on one Keystone, and gives the changes, also beside an
// error; nil where it did not come so far. As text they are reported on the way.
// begun, if given, is called with the Keystone's URL after the login.
func (a application) cloud(name string, begun func(url string)) (changes apply.Changes, err error) {
	c := a.c
	client, err := keystone.Connect(c.Context, keystone.Auth{Cloud: name, CAFile: caFile(c, a.fed), Timeout: c.Duration("timeout")})
	if err != nil {
		return nil, mended(err)
	}
	defer func() { err = afterwards(c, err, keystone.Revoke(c.Context, client)) }()
	if begun != nil {
		begun(client.Endpoint)
	}
	if c.Bool("debug") {
		client.HTTPClient.Transport = requestLog{next: client.HTTPClient.Transport, out: c.App.ErrWriter}
	}
	changes, err = a.planAndExecute(apply.Live(client))
	return changes, mended(ofCloud(name, err))
}

// ofCloud names the cloud, where one was named, before what failed there. Findings
// have been told already.
func ofCloud(name string, err error) error {
	if err == nil || name == "" || errors.As(err, new(cli.ExitCoder)) {
		return err
	}
	return fmt.Errorf("cloud %s: %w", finding.Printable(name), err)
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

func (a application) planAndExecute(api apply.API) (changes apply.Changes, err error) {
	c := a.c
	changes, list, err := apply.Plan(c.Context, api, a.fed, a.mappings, apply.Options{
		Adopt: c.Bool("adopt"), Prune: c.Bool("prune"), PruneDisabled: c.Bool("prune-disabled"),
		Parallel: c.Int("parallel"), Progress: applyProgress(c),
	})
	if err != nil {
		return nil, err
	}
	own, found, done, err := a.credentials()
	defer func() { err = afterwards(c, err, done()) }()
	if err != nil {
		return nil, err
	}
	if err := reportAs(exitFindings, c, append(list, found...), descriptionSource(a.fed)); err != nil {
		return nil, err
	}
	changes = append(append(apply.Changes{}, changes...), own...)
	changes.Order()
	if c.Bool("plan") {
		return changes, a.printPlan(changes)
	}
	return changes, a.execute(changes)
}

// applyProgress draws how far reading has come, where that may take a while.
func applyProgress(c *cli.Context) func(read, of int) {
	if !showProgress(c) {
		return nil
	}
	return func(read, of int) {
		line := fmt.Sprintf("\r\x1b[Kread %d of %d identity providers", read, of)
		if read == of {
			line = "\r\x1b[K"
		}
		_, _ = fmt.Fprint(c.App.ErrWriter, line)
	}
}

// printPlan prints the difference; status 1 says that there is one.
func (a application) printPlan(changes apply.Changes) error {
	if a.c.String("format") != "json" {
		if err := paint(a.c).WriteText(a.c.App.Writer, changes); err != nil {
			return err
		}
	}
	if len(changes.Pending()) > 0 {
		return quietExit(exitFindings)
	}
	return nil
}

func paint(c *cli.Context) apply.Paint { return apply.Paint(useColor(c)) }

// execute reports each change when it is made: as text on standard output, else
// as progress.
func (a application) execute(changes apply.Changes) error {
	c, asJSON := a.c, a.c.String("format") == "json"
	err := apply.Execute(c.Context, changes, c.Int("parallel"), func(done apply.Change) {
		switch {
		case !asJSON:
			_ = paint(c).WriteChange(c.App.Writer, done) // a closed output must not end the work in the middle
		case showProgress(c):
			_, _ = fmt.Fprintln(c.App.ErrWriter, done)
		}
	})
	if err == nil && !asJSON {
		return apply.WriteSummary(c.App.Writer, changes)
	}
	return err
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
