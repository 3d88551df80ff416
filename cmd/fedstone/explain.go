package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/cabundle"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/probe/symptom"
	"github.com/fedstone/fedstone/validate"
)

const explainHelp = `SLUG is what stands in brackets behind a finding of validate or of a CA bundle, or
the symptom of a failed step of probe. Without it, all are listed.

   fedstone explain authtype-without-require
   fedstone explain path-uncovered

FILE, or - for standard input, is an answer as curl -si prints it: status line,
headers, body; or as curl -siv 2>&1 does, which tells the request, too. It is told who answered, why, and the mend; where the answer alone
leaves several causes, each with the question that decides. Nothing is asked, and no
token or cookie in it is shown.

   curl -si -X POST URL | fedstone explain - --request "POST URL" --no-token

Exit status 0 if it is explained; 1 if no symptom fits; 2 if the call or the answer
is wrong.`

func explainCommand() *cli.Command {
	return &cli.Command{
		Name:         "explain",
		Usage:        "say what a finding, a symptom or an answer means, why, and the mend",
		ArgsUsage:    "[SLUG | FILE | -]",
		Description:  explainHelp,
		Flags:        explainFlags(),
		Action:       runExplain,
		BashComplete: func(c *cli.Context) { fmt.Fprintln(c.App.Writer, strings.Join(explained(), "\n")) },
	}
}

func runExplain(c *cli.Context) error {
	switch c.NArg() {
	case 0:
		return listRules(c)
	case 1:
	default:
		return usageError("explain takes one SLUG, or one answer of curl -si: a FILE, or -")
	}
	slug := c.Args().First()
	if !slices.Contains(explained(), slug) && namesAnswer(slug) {
		return explainAnswer(c)
	}
	for _, name := range []string{"request", "header", "token-sent", "no-token", "file", "format"} {
		if c.IsSet(name) {
			return usageError("--%s is about an answer, and %q is neither a file nor -", name, slug)
		}
	}
	return explainSlug(c, slug)
}

func explainSlug(c *cli.Context, slug string) error {
	text, ok := validate.Explain(slug)
	if page := symptom.Page(slug); page != "" {
		text, ok = strings.Trim(text+"\n"+page, "\n")+"\n", true
	}
	if kind, found := cabundle.Find(slug); found {
		text, ok = kind.Page(), true
	}
	if !ok {
		hint := ""
		if near := finding.Nearest(slug, explained()); near != "" {
			hint = fmt.Sprintf("; did you mean %s?", near)
		}
		return usageError("no rule or symptom %q%s\n`fedstone explain` lists them", slug, hint)
	}
	_, err := fmt.Fprintf(c.App.Writer, "%s\n\n%s", slug, text)
	return err
}

// explained gives every slug once: rules and symptoms of one cause may share it.
func explained() []string {
	all := append(validate.Slugs(), symptom.Slugs()...)
	for _, kind := range cabundle.Kinds() {
		all = append(all, kind.Slug)
	}
	slices.Sort(all)
	return slices.Compact(all)
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
	fmt.Fprintf(w, "Bundles of CA certificates\n")
	for _, kind := range cabundle.Kinds() {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", kind.Slug, kind.Severity, kind.Title)
	}
	fmt.Fprintf(w, "Symptoms of probe\n")
	for _, slug := range symptom.Slugs() {
		s, _ := symptom.Find(slug)
		fmt.Fprintf(w, "  %s\t%s\t%s\n", slug, "symptom", s.Sight)
	}
	return w.Flush()
}
