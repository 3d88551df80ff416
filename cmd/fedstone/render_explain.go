package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// explainStrategy says which strategy would be rendered and why, and what speaks
// against each other one. Nothing is written; where none is possible the status is
// that of a finding.
func explainStrategy(c *cli.Context, fed *spec.Federation) error {
	documents, err := documents(c, fed)
	if err != nil {
		return err
	}
	choice, err := templates.Explain(fed, documents)
	if err != nil {
		return cli.Exit(err.Error(), exitUsage)
	}
	if err := writeChoice(c, choice); err != nil {
		return err
	}
	if choice.Strategy == "" {
		return quietExit(exitFindings)
	}
	return nil
}

func writeChoice(c *cli.Context, choice templates.Choice) error {
	if c.String("format") == "json" {
		enc := json.NewEncoder(c.App.Writer)
		enc.SetIndent("", "  ")
		return enc.Encode(struct {
			Version int `json:"version"`
			templates.Choice
		}{1, choice})
	}
	_, err := io.WriteString(c.App.Writer, choiceText(choice))
	return err
}

func choiceText(choice templates.Choice) string {
	var b strings.Builder
	if choice.Strategy == "" {
		fmt.Fprintf(&b, "strategy: none (httpd.strategy: %s cannot be rendered)\n", choice.Asked)
	} else {
		fmt.Fprintf(&b, "strategy: %s (httpd.strategy: %s)\n", choice.Strategy, choice.Asked)
	}
	for _, one := range choice.Candidates {
		fmt.Fprintf(&b, "\n%s %s\n    %s\n", verdictMark(one), one.Name, one.What)
		for _, why := range one.Why {
			fmt.Fprintf(&b, "    %s\n", why)
		}
	}
	return b.String()
}

// verdictMark is + for what is chosen, - for what cannot be, and a blank else.
func verdictMark(one templates.Candidate) string {
	switch {
	case one.Chosen:
		return "+"
	case one.Possible:
		return " "
	}
	return "-"
}
