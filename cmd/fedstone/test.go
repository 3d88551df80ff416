package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/mapping/suite"
)

const aboutTest = `Each test gives a login and what Keystone should make of it. What it will make is
worked out as Keystone's mapping engine does, for the release, schema and httpd
module in use; no cloud is asked.

FILE is a description (default: federation.yaml), whose identity providers have
tests, a *.test.yaml, or a folder, below which every *.test.yaml is taken:

   mapping: rules.json            # or federation.yaml#corp
   release: zed                   # optional, as are schema, python and module
   tests:
     - name: an admin gets the ops project
       claims: {sub: alice, groups: [admins]}   # as the issuer sends them;
                                  # or environment: {OIDC-sub: alice}
                                  # or jwt: token.txt
       want: {user: alice, projects: [ops/member]}

want judges what it names and nothing else:

   user id email domain type      of the user
   groups group_ids projects      lists in any order; ops@corp or ops, ops/member
   rules                          the numbers of the rules that hold: [1, 3]
   refused: true                  Keystone answers 401
   error, status                  how else a login ends: DirectMappingError, 500
   undecidable: true              Keystone itself leaves the outcome to chance

--coverage shows which requirements no test passes or is stopped by, and which
parts of a rule are never given; only the tests that run count. --watch runs again
whenever a file of the run is saved, until it is interrupted.

   fedstone test --coverage-min 100
   fedstone test --run admin --watch
   fedstone test --format junit mappings/ > report.xml

Exit status 1 if a test fails or --coverage-min is not reached, 2 if a file is
not as it must be.`

func testCommand() *cli.Command {
	return &cli.Command{
		Name:        "test",
		Usage:       "say what Keystone will make of logins, offline, and whether it is what is wanted",
		ArgsUsage:   "[FILE…]",
		Description: aboutTest,
		Flags:       append(testFlags(), outputFlags()...),
		Action:      runTests,
	}
}

func testFlags() []cli.Flag {
	return []cli.Flag{
		fileFlag(), formatFlag("text", "json", "junit"),
		&cli.StringFlag{Name: "run", Usage: "run only the tests whose line (corp: an admin) matches `REGEXP`"},
		&cli.BoolFlag{Name: "coverage", Usage: "also say which parts of the rules no test reaches"},
		&cli.Float64Flag{
			Name: "coverage-min", Usage: "fail when the tests reach less than `PERCENT` of the rules",
			Action: func(_ *cli.Context, seen float64) error {
				if seen < 0 || seen > 100 {
					return usageError("--coverage-min %g: expected a number from 0 to 100", seen)
				}
				return nil
			},
		},
		&cli.BoolFlag{Name: "watch", Usage: "run again whenever a file of the run changes"},
	}
}

func runTests(c *cli.Context) error {
	selected, err := selection(c)
	if err != nil {
		return err
	}
	files, err := testedFiles(c)
	if err != nil {
		return err
	}
	if c.Bool("watch") {
		return watchTests(c, files, selected)
	}
	_, err = testOnce(c, files, selected)
	return err
}

// testedFiles are the arguments, and what -f names; the default of -f where
// there are none.
func testedFiles(c *cli.Context) ([]string, error) {
	files := c.Args().Slice()
	if c.IsSet("file") || len(files) == 0 {
		files = append([]string{c.String("file")}, files...)
	}
	for _, file := range files {
		if file == "" {
			return nil, usageError("a FILE without a name")
		}
	}
	return files, nil
}

// testOnce reads, runs and reports; what was seen on the way is given in any case.
func testOnce(c *cli.Context, files []string, selected func(string) bool) (suite.Seen, error) {
	plan, err := suite.Load(files, c.App.Reader)
	var missing *fs.PathError
	if errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist) {
		return plan.Seen, usageError("%s: no such file; name the description with -f FILE, or begin one with `fedstone init`", missing.Path)
	}
	if err != nil {
		return plan.Seen, cli.Exit(err.Error(), exitUsage)
	}
	if err := reportFindings(c, plan.Findings, plan.Sources); err != nil {
		return plan.Seen, err
	}
	report := plan.Run(selected)
	if selected != nil && len(report.Results) == 0 {
		return plan.Seen, noneSelected(c.String("run"), plan.Names())
	}
	if err := writeTests(c, report); err != nil {
		return plan.Seen, err
	}
	return plan.Seen, testVerdict(c, report)
}

func writeTests(c *cli.Context, r suite.Report) error {
	coverage := c.Bool("coverage") || c.IsSet("coverage-min")
	var text []byte
	var err error
	switch c.String("format") {
	case "json":
		text, err = r.JSON(coverage)
	case "junit":
		text, err = r.JUnit(coverage)
	default:
		text = []byte(r.Text(suite.TextOptions{Color: useColor(c), Coverage: coverage}))
	}
	if err != nil {
		return err
	}
	_, err = c.App.Writer.Write(text)
	return err
}

func testVerdict(c *cli.Context, r suite.Report) error {
	if least := c.Float64("coverage-min"); c.IsSet("coverage-min") && r.Coverage.Percent() < least {
		return cli.Exit(fmt.Sprintf("%s, expected at least %g%%", r.Coverage.Summary(), least), exitFindings)
	}
	if r.Failed() > 0 {
		return quietExit(exitFindings)
	}
	return nil
}
