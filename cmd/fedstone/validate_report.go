package main

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
)

// reportValidation writes the findings, but those that are known, and gives the
// exit status.
func reportValidation(c *cli.Context, v verdict, known finding.Baseline) error {
	fresh, old, gone := known.Split(v.result.Findings)
	if err := writeValidation(c, v, fresh); err != nil {
		return err
	}
	if c.String("format") == "text" {
		fmt.Fprintln(c.App.Writer, summaryLine(fresh, len(v.result.Files), len(v.result.Ignored), len(old), len(gone)))
	}
	if fails(c.String("fail-on"), fresh) {
		return quietExit(exitFindings)
	}
	return nil
}

func summaryLine(list finding.List, files, ignored, known, gone int) string {
	out := finding.Summary(list, files)
	for _, more := range []struct {
		n    int
		text string
	}{{ignored, "set aside by comments"}, {known, "known to the baseline"}, {gone, "of the baseline are gone"}} {
		if more.n > 0 {
			out += fmt.Sprintf(", %d %s", more.n, more.text)
		}
	}
	return out
}

// fails reports whether a finding is as severe as what the run fails on.
func fails(on string, list finding.List) bool {
	limit := map[string]finding.Severity{"error": finding.Error, "warning": finding.Warning, "info": finding.Info}[on]
	return slices.ContainsFunc(list, func(f finding.Finding) bool { return f.Severity <= limit })
}

func writeValidation(c *cli.Context, v verdict, list finding.List) error {
	files := v.result.Files
	switch c.String("format") {
	case "json":
		return finding.WriteJSON(c.App.Writer, list, len(files))
	case "sarif":
		return finding.WriteSARIF(c.App.Writer, list, ruleInfos(), version())
	case "junit":
		return finding.WriteJUnit(c.App.Writer, list, files)
	case "github":
		return finding.WriteGitHub(c.App.Writer, list)
	}
	shown, more := fewOfEach(list, c.Int("per-rule"))
	if err := finding.WriteText(c.App.Writer, shown, finding.TextOptions{Color: useColor(c), Source: validate.Excerpts(v.sites, shown)}); err != nil {
		return err
	}
	for _, line := range more {
		fmt.Fprintln(c.App.Writer, line)
	}
	return nil
}

// fewOfEach keeps the first findings of each rule, and says how many more there are;
// all of them where most is 0.
func fewOfEach(list finding.List, most int) (shown finding.List, more []string) {
	count, order := map[string]int{}, []string{}
	for _, f := range list {
		if count[f.Slug]++; most == 0 || count[f.Slug] <= most {
			shown = append(shown, f)
		} else if count[f.Slug] == most+1 {
			order = append(order, f.Slug)
		}
	}
	for _, slug := range order {
		more = append(more, fmt.Sprintf("and %d more of [%s]; --per-rule 0 shows all", count[slug]-most, slug))
	}
	return shown, more
}

// ruleInfos describes the rules for reports that carry them.
func ruleInfos() []finding.RuleInfo {
	var out []finding.RuleInfo
	for _, r := range append(validate.Rules(), validate.Reading()...) {
		help, _ := validate.Explain(r.Slug)
		out = append(out, finding.RuleInfo{Slug: r.Slug, Title: r.Title, Help: help, Severity: r.Severity})
	}
	return out
}
