package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/mapping/compare"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// compareFlags are those of map that say how two mappings are compared.
func compareFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "compare", Usage: "take two RULES instead, and look for a login on which they differ"},
		&cli.IntFlag{Name: "budget", Value: compare.DefaultBudget, Usage: "try at most `N` logins with --compare"},
	}
}

// compareMappings is map --compare A B.
func compareMappings(c *cli.Context) error {
	if err := checkCompareCall(c); err != nil {
		return err
	}
	a, err := mappingOf(c, c.Args().Get(0))
	if err != nil {
		return err
	}
	b, err := mappingOf(c, c.Args().Get(1))
	if err != nil {
		return err
	}
	result := compare.Search(a, b, c.Int("budget"))
	if err := writeComparison(c, result); err != nil {
		return err
	}
	if len(result.Differences) > 0 {
		return quietExit(exitFindings)
	}
	return nil
}

func checkCompareCall(c *cli.Context) error {
	args := c.Args().Slice()
	switch {
	case len(args) != 2:
		return usageError("map --compare takes two RULES, got %s: such as `fedstone map --compare old.json new.json`", counted(args))
	case fromStdin(args[0]) && fromStdin(args[1]):
		return usageError("both RULES are -, but standard input can be only one of them: name a file for the other")
	case c.Int("budget") < 1:
		return usageError("--budget %d: expected a number of logins above 0", c.Int("budget"))
	case c.String("format") == "html" || c.IsSet("output"):
		return usageError("map --compare writes text or json to standard output")
	}
	for _, flag := range []string{"module", "module-version", "prefix", "delimiter", "pass-as", "encoding", "browser", "domain-id"} {
		if c.IsSet(flag) {
			return usageError("--%s is about claims, but map --compare looks for them itself, as Keystone sees them", flag)
		}
	}
	return firstOf([]error{
		known("--release", c.String("release"), releaseNames()),
		known("--schema", c.String("schema"), []string{"1.0", "2.0", "3.0"}),
		known("--python", c.String("python"), pythonVersions()),
	})
}

// fromStdin reports whether RULES, a mapping or a description, is standard input.
func fromStdin(rules string) bool {
	return rules == spec.Stdin || strings.HasPrefix(rules, spec.Stdin+"#")
}

func mappingOf(c *cli.Context, arg string) (*engine.Processor, error) {
	rules, err := readRules(c, arg)
	if err != nil {
		return nil, err
	}
	return prepareRules(c, &rules)
}

func writeComparison(c *cli.Context, r compare.Result) error {
	if c.String("format") == "json" {
		return r.WriteJSON(c.App.Writer)
	}
	return r.WriteText(c.App.Writer, c.Args().Get(0), c.Args().Get(1))
}
