package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// application is a description that is brought about on one Keystone or several.
type application struct {
	c    *cli.Context
	fed  *spec.Federation
	plan planner
}

// planner compares what is there with what is described.
type planner func(context.Context, *gophercloud.ServiceClient) (apply.Changes, finding.List, error)

// newApplication chooses the planner by the platform, with the mappings compiled.
func newApplication(c *cli.Context, fed *spec.Federation) (application, error) {
	choose := keystonePlanner
	if fed.Service() {
		choose = iamPlanner
	}
	plan, err := choose(c, fed)
	return application{c, fed, plan}, err
}

func keystonePlanner(c *cli.Context, fed *spec.Federation) (planner, error) {
	mappings, err := compileMappings(c, fed)
	return func(ctx context.Context, client *gophercloud.ServiceClient) (apply.Changes, finding.List, error) {
		return apply.Plan(ctx, apply.Live(client), fed, mappings, apply.Options{
			Adopt: c.Bool("adopt"), Prune: c.Bool("prune"), PruneDisabled: c.Bool("prune-disabled"),
			Parallel: c.Int("parallel"), Progress: applyProgress(c),
		})
	}, err
}

// onlyCloud is the usual call: the report is about one Keystone.
func (a application) onlyCloud() error {
	changes, err := a.cloud(a.firstCloud(), nil)
	if changes == nil || a.c.String("format") != "json" {
		return err
	}
	return errors.Join(err, apply.WriteJSON(a.c.App.Writer, apply.NewReport(changes)))
}

// firstCloud is the cloud that was named; "" is that of the environment.
func (a application) firstCloud() string {
	return append(a.c.StringSlice("cloud"), "")[0]
}

// cloud does the work on one Keystone, and gives the changes, also beside an
// error; nil where it did not come so far. As text they are reported on the way.
// begun, if given, is called with the Keystone's URL after the login.
func (a application) cloud(name string, begun func(url string)) (changes apply.Changes, err error) {
	err = a.session(name, func(client *gophercloud.ServiceClient) error {
		if begun != nil {
			begun(client.Endpoint)
		}
		changes, err = a.planAndExecute(client)
		return err
	})
	return changes, err
}

// session logs in, lets the work be done, and revokes its token.
func (a application) session(name string, work func(*gophercloud.ServiceClient) error) (err error) {
	c := a.c
	client, err := keystone.Connect(c.Context, keystone.Auth{Cloud: name, CAFile: caFile(c, a.fed), Timeout: c.Duration("timeout")})
	if err != nil {
		return mended(err)
	}
	defer func() { err = afterwards(c, err, keystone.Revoke(c.Context, client)) }()
	if c.Bool("debug") {
		client.HTTPClient.Transport = requestLog{next: client.HTTPClient.Transport, out: c.App.ErrWriter}
	}
	return mended(ofCloud(name, work(client)))
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

func (a application) planAndExecute(client *gophercloud.ServiceClient) (changes apply.Changes, err error) {
	c := a.c
	changes, list, err := a.plan(c.Context, client)
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
