package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/urfave/cli/v2"
)

// selection reads --run; nil selects every test.
func selection(c *cli.Context) (func(string) bool, error) {
	if !c.IsSet("run") {
		return nil, nil
	}
	pattern, err := regexp.Compile(c.String("run"))
	if err != nil {
		return nil, usageError("--run %q is no regular expression: %v", c.String("run"), err)
	}
	return pattern.MatchString, nil
}

// noneSelected refuses a selection of nothing, which would pass without a test.
func noneSelected(pattern string, names []string) error {
	const most = 10
	shown := names[:min(len(names), most)]
	more := ""
	if len(names) > most {
		more = fmt.Sprintf("\n  … and %d more", len(names)-most)
	}
	return usageError("--run %q: no test has such a line; there are\n  %s%s", pattern, strings.Join(shown, "\n  "), more)
}
