package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

func probeCommand() *cli.Command {
	return &cli.Command{
		Name:  "probe",
		Usage: "log in at the live cloud and say, step by step, who answered and what to mend",
		Description: `Logs in as probe: of each identity provider says, exchanges the token at Keystone,
scopes it to a project, and revokes what it was given. Like any login this makes a
shadow user and what the mapping grants.

The text on standard output tells of each identity provider what failed first, who
refused, the cause and the mend. -o writes more reports, for a pipeline or to pass on:

   fedstone probe --isolation -o probe.html -o probe.xml

--watch runs it again and again, for Prometheus and for a log (docs/watch.md):

   fedstone probe --watch 30s --listen :9464

Exit status 1 if a step fails or a cell of the isolation matrix is not as it must
be, 3 if Keystone does not answer at all.`,
		Flags:        slices.Concat(probeFlags(), probeWatchFlags(), probeReportFlags(), outputFlags()),
		BashComplete: completeProviders,
		Before:       noArguments,
		Action:       runProbe,
	}
}

func probeFlags() []cli.Flag {
	return []cli.Flag{
		fileFlag(), caFileFlag(), configFlag(), probeCloudFlag(),
		&cli.StringSliceFlag{Name: "idp", Usage: "probe the identity provider `NAME` only; once for each"},
		&cli.BoolFlag{Name: "isolation", Usage: "also try every token at every path, other clients' tokens, what must_be_refused names, forged tokens and forged headers"},
		&cli.StringSliceFlag{Name: "controller", Usage: "connect to the controller `NAME[=ADDRESS]`, past the load balancer; a NAME of controllers: needs no ADDRESS, all is each of them"},
		&cli.StringSliceFlag{Name: "token", Usage: "use the token in FILE (- is standard input) instead of a login, as `IDP=FILE`; once for each"},
		noCacheFlag(), noOpenFlag(), allowExecFlag(), timeoutFlag(), stepTimeoutFlag(), limitFlag(), parallelFlag("probe at most `N` identity providers at the same time, over all controllers"), loginFlag(), browserFlag(),
	}
}

func runProbe(c *cli.Context) error {
	if c.IsSet("watch") {
		return watchProbe(c)
	}
	if err := checkOutputs(c); err != nil {
		return err
	}
	use, err := readProbe(c)
	if err != nil {
		return err
	}
	opts, err := probeOptions(c, use)
	if err != nil {
		return err
	}
	defer opts.Logins.Close(c.Context)
	config, err := readConfig(c, use.fed)
	if err != nil {
		return err
	}
	fleet, err := probeAll(c, use.fed, use.targets, opts)
	if err != nil {
		return err
	}
	if err := config.join(c, use.fed, fleet); err != nil {
		return err
	}
	return reportProbe(c, fleet, config.source(fleet))
}

// reading is what a probe is to do, as read at one time.
type reading struct {
	fed     *spec.Federation
	targets []target
	tokens  map[string]secret.Value
	secrets resolve
}

func readProbe(c *cli.Context) (reading, error) {
	fed, err := loadFederation(c)
	if err != nil {
		return reading{}, err
	}
	if err := checkProbePlatform(c, fed); err != nil {
		return reading{}, err
	}
	if err := checkAuthorities(c, fed); err != nil {
		return reading{}, err
	}
	targets, err := probeTargets(c.StringSlice("controller"), fed)
	if err != nil {
		return reading{}, err
	}
	tokens, err := givenTokens(c)
	if err != nil {
		return reading{}, err
	}
	secrets, err := probeSecrets(c, fed, tokens)
	return reading{fed, targets, tokens, secrets}, err
}

func probeOptions(c *cli.Context, use reading) (probe.Options, error) {
	mask := &secret.Redactor{}
	mask.Add(slices.Collect(maps.Values(use.tokens))...)
	logins, err := newLogins(c, use.fed, false, use.secrets, mask)
	return probe.Options{
		Names: c.StringSlice("idp"), Isolation: c.Bool("isolation"), Tokens: use.tokens,
		Resolve: use.secrets, Logins: logins, Mask: mask, Progress: probeProgress(c),
		Local:     func(path string) string { return besideDescription(use.fed, path) },
		StepLimit: c.Duration("step-timeout"), Slots: probe.NewSlots(c.Int("parallel")),
	}, err
}

func probeProgress(c *cli.Context) func(string, string) {
	if !showProgress(c) {
		return nil
	}
	return func(provider, step string) {
		_, _ = fmt.Fprintf(c.App.ErrWriter, "\r\x1b[K%s: %s", provider, step)
	}
}
