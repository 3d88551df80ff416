package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/suite"
	"github.com/fedstone/fedstone/internal/spec"
)

// watchInterval is the time between two looks at the files.
const watchInterval = 300 * time.Millisecond

// watchTests runs the tests, and again whenever a file of the run has changed,
// until the call is interrupted. What is wrong in between is told and waited out.
func watchTests(c *cli.Context, files []string, selected func(string) bool) error {
	if err := watchable(c, files); err != nil {
		return err
	}
	seen := suite.Seen{}
	for {
		before := seen.Again()
		var err error
		seen, err = testOnce(c, files, selected)
		exitStatus(c.Context, err, c.App.ErrWriter)
		seen.Keep(before)
		changed := waitForChange(c, seen)
		if changed == nil {
			return quietExit(exitInterrupted)
		}
		if err := separator(c, changed); err != nil {
			return err
		}
	}
}

func watchable(c *cli.Context, files []string) error {
	switch {
	case slices.Contains(files, spec.Stdin):
		return usageError("--watch cannot look at the standard input: name a file")
	case c.String("format") != "text":
		return usageError("--watch is for people: it goes with --format text only")
	}
	return nil
}

// waitForChange gives the files that changed, or nil when it is interrupted.
func waitForChange(c *cli.Context, seen suite.Seen) []string {
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	for {
		select {
		case <-c.Context.Done():
			return nil
		case <-tick.C:
			if changed := seen.Changed(); len(changed) > 0 {
				return changed
			}
		}
	}
}

// separator tells one run from the next. Nothing is cleared.
func separator(c *cli.Context, changed []string) error {
	_, err := fmt.Fprintf(c.App.Writer, "\n--- %s  changed: %s\n", time.Now().Format(time.TimeOnly), finding.Printable(strings.Join(changed, ", ")))
	return err
}
