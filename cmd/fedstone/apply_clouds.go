package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
)

// cloudResult is one Keystone's part of a report about several.
type cloudResult struct {
	Cloud  string `json:"cloud"`
	Status int    `json:"status"` // the exit status that it would have alone
	Error  string `json:"error,omitempty"`
	*apply.Report
}

// clouds works on several Keystones, one after another. What fails at one keeps
// nobody from the next; the exit status is that of the worst.
func (a application) clouds(names []string) error {
	var results []cloudResult
	for _, name := range names {
		if a.c.Context.Err() != nil {
			break
		}
		results = append(results, a.oneOfClouds(name))
	}
	if err := a.reportClouds(results, names); err != nil {
		return err
	}
	worst := exitClean
	for _, r := range results {
		worst = max(worst, r.Status)
	}
	if worst == exitClean && a.c.Context.Err() == nil {
		return nil
	}
	return quietExit(max(worst, exitFindings))
}

// oneOfClouds works on one and says at once what went wrong there.
func (a application) oneOfClouds(name string) cloudResult {
	text := a.c.String("format") != "json"
	changes, err := a.cloud(name, func(url string) {
		if text {
			_, _ = fmt.Fprintf(a.c.App.Writer, "== %s: %s\n", finding.Printable(name), finding.Printable(url))
		}
	})
	r := cloudResult{Cloud: name, Status: statusOf(err)}
	if err != nil && err.Error() != "" {
		r.Error = finding.PrintableLines(err.Error())
		_, _ = fmt.Fprintf(a.c.App.ErrWriter, "fedstone: %s\n", r.Error)
	}
	if changes != nil {
		report := apply.NewReport(changes)
		r.Report = &report
	}
	return r
}

func statusOf(err error) int {
	var coded cli.ExitCoder
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &coded):
		return coded.ExitCode()
	}
	return exitFailed
}

func (a application) reportClouds(results []cloudResult, names []string) error {
	if a.c.String("format") == "json" {
		return apply.WriteJSON(a.c.App.Writer, map[string]any{"version": 1, "clouds": results})
	}
	if _, err := fmt.Fprintf(a.c.App.Writer, "== %d clouds\n", len(names)); err != nil {
		return err
	}
	for i, name := range names {
		said := "not begun"
		if i < len(results) {
			said = results[i].inWords()
		}
		if _, err := fmt.Fprintf(a.c.App.Writer, "%s: %s\n", finding.Printable(name), said); err != nil {
			return err
		}
	}
	return nil
}

// inWords is the result on one line.
func (r cloudResult) inWords() string {
	switch {
	case r.Status == exitFindings && r.Report != nil:
		return fmt.Sprintf("%d to create, %d to update, %d to delete", r.Summary.Create, r.Summary.Update, r.Summary.Delete)
	case r.Status == exitFindings:
		return "not touched: see the findings above"
	case r.Status != exitClean && r.Report != nil:
		return fmt.Sprintf("failed after %d changes: see above", r.Summary.Applied)
	case r.Status != exitClean:
		return "failed: see above"
	}
	return fmt.Sprintf("as described, %d changes made", r.Summary.Applied)
}
