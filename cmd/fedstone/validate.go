package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"regexp"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

const aboutValidate = `PATH is what there is: httpd configuration, a metadata directory, mapping rules,
keystone.conf, settings of Horizon, clouds.yaml, clients that an identity provider
exports, a federation.yaml, or a folder with any of these. - is standard input.

   fedstone validate /                                  this controller
   fedstone validate /var/lib/config-data/puppet-generated/keystone
   fedstone validate 10-keystone_wsgi.conf keystone.conf mapping.json
   fedstone render -o out && fedstone validate out      before it is deployed
   fedstone validate --fleet ctrl0/ ctrl1/ ctrl2/       and where they differ

A copy of a machine's folder is best (DIR/etc/httpd with DIR/etc/keystone): what
stands in one file is held against the others. Several paths are parts of one
machine; with --fleet each is a machine of its own. Nothing is asked of a network,
but with --cloud, which joins the objects of the live Keystone.

Each finding has a slug: fedstone explain SLUG says why it matters and what to do.
A comment in the line before sets one aside:

   # fedstone:ignore SLUG the reason

An old tree has many findings: --write-baseline keeps them in a file, and with
--baseline only new ones are told. --fix mends what can be mended mechanically,
then judges again; --fix --diff only shows it.

Exit status 1 if there are findings (see --fail-on), 2 for wrong usage, 3 if
something could not be read.`

func validateCommand() *cli.Command {
	return &cli.Command{
		Name:        "validate",
		Usage:       "find what is wrong with any configuration, before it is deployed",
		ArgsUsage:   "PATH…",
		Description: aboutValidate,
		Flags:       append(validateFlags(), outputFlags()...),
		Action:      runValidate,
	}
}

func validateFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{
			Name: "platform", Usage: "the target is `NAME`, such as debian-12; default: what the files show",
			Action: func(_ *cli.Context, seen string) error { return oneOf("--platform", seen, platform.Names()) },
		},
		&cli.StringFlag{Name: "module-version", Usage: "the target's mod_auth_openidc is `VERSION`, such as 2.4.12.3; default: the platform's", Action: checkModuleVersion},
		&cli.StringFlag{Name: "release", Usage: "the target's Keystone is `RELEASE`, such as zed; default: the platform's", Action: checkRelease},
		&cli.StringSliceFlag{Name: "define", Aliases: []string{"D"}, Usage: "httpd is started with -D `NAME`"},
		formatFlag("text", "json", "sarif", "junit", "github"),
		&cli.StringFlag{
			Name: "fail-on", Value: "warning", Usage: "exit with status 1 from `SEVERITY` on: error, warning, info or never",
			Action: func(_ *cli.Context, seen string) error {
				return oneOf("--fail-on", seen, []string{"error", "warning", "info", "never"})
			},
		},
		&cli.IntFlag{
			Name: "per-rule", Value: 10, Usage: "as text, show at most `N` findings of one rule; 0 shows all",
			Action: func(_ *cli.Context, seen int) error {
				if seen < 0 {
					return usageError("--per-rule %d: expected 0 or more", seen)
				}
				return nil
			},
		},
		&cli.BoolFlag{Name: "fleet", Usage: "each PATH is a machine of one cloud: compare them, too"},
		&cli.BoolFlag{Name: "fix", Usage: "mend what can be mended mechanically, and judge again"},
		&cli.BoolFlag{Name: "diff", Usage: "with --fix: show what would change, secrets as stars, and write nothing"},
		&cli.StringFlag{Name: "baseline", Usage: "leave out what `FILE` knows"},
		&cli.StringFlag{Name: "write-baseline", Usage: "keep what is found in `FILE`, for --baseline"},
		&cli.StringFlag{Name: "cloud", Usage: "join the objects of the live Keystone: the cloud `NAME` of clouds.yaml, or envvars for the OS_ variables"},
		caFileFlag(), timeoutFlag(),
	}
}

func checkRelease(_ *cli.Context, seen string) error {
	if _, ok := platform.ReleaseByName(seen); ok {
		return nil
	}
	var names []string
	for _, r := range platform.Releases() {
		names = append(names, r.Name)
	}
	return oneOf("--release", seen, names)
}

func runValidate(c *cli.Context) error {
	if err := checkValidateFlags(c); err != nil {
		return err
	}
	known, err := baseline(c)
	if err != nil {
		return err
	}
	cloud := cloudOnce(c)
	if c.Bool("fix") {
		return fixAndValidate(c, cloud, known)
	}
	v, err := validateOnce(c, cloud)
	if err != nil {
		return err
	}
	if file := c.String("write-baseline"); file != "" {
		return writeBaseline(c, file, v.result.Findings)
	}
	return reportValidation(c, v, known)
}

// checkModuleVersion takes numbers with dots, and what a distribution adds behind them.
func checkModuleVersion(_ *cli.Context, seen string) error {
	if !regexp.MustCompile(`^[0-9]+\.[0-9]+(\.[0-9]+)*([-+~a-z].*)?$`).MatchString(seen) {
		return usageError("--module-version %q: expected a version such as 2.4.12.3", seen)
	}
	return nil
}

func checkValidateFlags(c *cli.Context) error {
	switch {
	case !c.Args().Present():
		return usageError("validate needs a PATH, such as /etc/httpd, keystone.conf or - for standard input; see `fedstone validate --help`")
	case c.Bool("diff") && !c.Bool("fix"):
		return usageError("--diff shows what --fix would change: give both")
	case c.Bool("fleet") && c.NArg() < 2:
		return usageError("--fleet compares machines: give the PATH of each")
	case c.String("write-baseline") != "" && c.Bool("fix"):
		return usageError("--write-baseline and --fix: choose one")
	case c.String("baseline") != "" && c.String("write-baseline") != "":
		return usageError("--baseline and --write-baseline: choose one")
	}
	return nil
}

// verdict is what the arguments name, and what is to be said of it.
type verdict struct {
	sites  []*subject.Site
	result validate.Result
}

// validateOnce reads and judges what the arguments name. An interrupt ends it, but
// for what is said to Keystone: its token is revoked.
func validateOnce(c *cli.Context, cloud askCloud) (verdict, error) {
	var v verdict
	var failed error
	if err := untilInterrupt(c.Context, func() { v.sites, failed = sites(c) }); err != nil || failed != nil {
		return verdict{}, cmp.Or(err, failed)
	}
	defer boundMemory(v.sites)()
	objects, err := cloud()
	if err != nil {
		return verdict{}, err
	}
	if objects != nil {
		for _, s := range v.sites {
			s.SetCloud(objects)
		}
	}
	if err := untilInterrupt(c.Context, func() { v.result = validate.Run(v.sites, c.Bool("fleet")) }); err != nil {
		return verdict{}, err
	}
	return v, nil
}

// untilInterrupt does work that holds nothing to be put in order, and leaves it when
// there is an interrupt.
func untilInterrupt(ctx context.Context, work func()) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// sites reads the arguments: parts of one machine, or each a machine.
func sites(c *cli.Context) ([]*subject.Site, error) {
	paths := c.Args().Slice()
	groups := [][]string{paths}
	if c.Bool("fleet") {
		groups = slices.Collect(slices.Chunk(paths, 1))
	}
	var out []*subject.Site
	for _, group := range groups {
		s, err := subject.Load(group[0], group, subject.Options{
			Platform: c.String("platform"), Module: c.String("module-version"), Release: c.String("release"),
			Defines: c.StringSlice("define"), Stdin: c.App.Reader,
		})
		if err != nil {
			return nil, unreadable(err)
		}
		if len(s.Files)+len(s.Found)+len(s.Trees) == 0 {
			return nil, usageError("%s: nothing to validate there: no httpd configuration, mapping, keystone.conf, settings of Horizon, clouds.yaml or federation.yaml", group[0])
		}
		out = append(out, s)
	}
	return out, nil
}

// unreadable gives the status of a path that could not be read.
func unreadable(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) && errors.Is(err, fs.ErrNotExist) {
		return usageError("%s: no such file or folder", path.Path)
	}
	return err
}
