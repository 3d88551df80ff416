package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/spec"
)

const mapExample = "such as `fedstone map rules.json claims.json` or `fedstone map federation.yaml#corp token.jwt`"

// noModule is what --module says for claims that are the environment already.
const noModule = "none"

// checkMapCall judges the call as far as it can be without reading anything.
func checkMapCall(c *cli.Context) error {
	args := c.Args().Slice()
	switch {
	case len(args) != 2:
		return usageError("map takes RULES and CLAIMS, got %s: %s", counted(args), mapExample)
	case (args[0] == spec.Stdin || strings.HasPrefix(args[0], spec.Stdin+"#")) && args[1] == spec.Stdin:
		return usageError("RULES and CLAIMS are both -, but standard input can be only one of them: name a file for the other")
	case overwrites(c.String("output"), args):
		return usageError("-o %s would overwrite what is read: name another file", c.String("output"))
	case c.IsSet("module-version") && !c.IsSet("module"):
		return usageError("--module-version needs --module %s or %s", claims.AuthOpenIDC, claims.OAuth2)
	case c.IsSet("budget"):
		return usageError("--budget is about --compare, which takes two RULES")
	case c.String("module") == noModule && c.IsSet("module-version"):
		return usageError("--module none has no version")
	}
	return firstOf([]error{
		known("--release", c.String("release"), releaseNames()),
		known("--schema", c.String("schema"), []string{"1.0", "2.0", "3.0"}),
		known("--python", c.String("python"), pythonVersions()),
		known("--module", c.String("module"), []string{claims.AuthOpenIDC, claims.OAuth2, noModule}),
		known("--pass-as", c.String("pass-as"), []string{"both", "environment", "headers", "none"}),
		known("--encoding", c.String("encoding"), []string{"none", "latin1", "base64url"}),
	})
}

// overwrites reports whether a path is one of the files that are read.
func overwrites(output string, inputs []string) bool {
	written, err := os.Stat(output)
	if err != nil {
		return false
	}
	for _, path := range inputs {
		description, _, _ := spec.SplitProvider(path)
		for _, name := range []string{path, description} {
			if read, err := os.Stat(name); err == nil && os.SameFile(read, written) {
				return true
			}
		}
	}
	return false
}

func counted(args []string) string {
	if len(args) == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%d: %s", len(args), strings.Join(args, " "))
}

// known refuses a value that is none of those, and says which was likely meant.
// "" was not given.
func known(flag, seen string, names []string) error {
	for _, name := range append(names, "") {
		if seen == name {
			return nil
		}
	}
	hint := ""
	if near := finding.Nearest(seen, names); near != "" {
		hint = fmt.Sprintf(" (did you mean %s?)", near)
	}
	return usageError("%s %q: expected one of %s%s", flag, seen, strings.Join(names, ", "), hint)
}

func releaseNames() []string {
	var names []string
	for _, r := range platform.Releases() {
		names = append(names, r.Name)
	}
	return names
}

func pythonVersions() []string {
	var names []string
	for _, version := range python.Versions() {
		names = append(names, version.String())
	}
	return names
}
