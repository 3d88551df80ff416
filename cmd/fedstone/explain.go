package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
)

func explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "say what a finding means, with an example, why, and the mend",
		ArgsUsage: "[SLUG]",
		Description: `SLUG is what stands in brackets behind a finding of validate. Without it, all
rules are listed.

   fedstone explain authtype-without-require`,
		Action:       runExplain,
		BashComplete: func(c *cli.Context) { fmt.Fprintln(c.App.Writer, strings.Join(validate.Slugs(), "\n")) },
	}
}

func runExplain(c *cli.Context) error {
	switch c.NArg() {
	case 0:
		return listRules(c)
	case 1:
	default:
		return usageError("explain takes one SLUG")
	}
	slug := c.Args().First()
	text, ok := validate.Explain(slug)
	if !ok {
		hint := ""
		if near := finding.Nearest(slug, validate.Slugs()); near != "" {
			hint = fmt.Sprintf("; did you mean %s?", near)
		}
		return usageError("no rule %q%s\n`fedstone explain` lists them", slug, hint)
	}
	_, err := fmt.Fprintf(c.App.Writer, "%s\n\n%s", slug, text)
	return err
}

func listRules(c *cli.Context) error {
	w := tabwriter.NewWriter(c.App.Writer, 0, 0, 2, ' ', 0)
	for _, topic := range validate.Topics() {
		fmt.Fprintf(w, "%s\n", topic.Title)
		for _, r := range topic.Rules {
			fmt.Fprintf(w, "  %s\t%s\t%s\n", r.Slug, r.Severity, r.Title)
		}
	}
	fmt.Fprintf(w, "Reading the files\n")
	for _, r := range validate.Reading() {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", r.Slug, r.Severity, r.Title)
	}
	return w.Flush()
}
