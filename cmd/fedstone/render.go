package main

import (
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

func renderCommand() *cli.Command {
	return &cli.Command{
		Name:  "render",
		Usage: "write the configuration of httpd, Keystone and Horizon",
		Description: `DIR mirrors the target's root (DIR/etc/httpd/conf.d/...), so -o / on a controller
installs in place. Where the description has controllers: and no --controller is
given, DIR holds one such tree for each. DIR/deploy, where the platform has one,
holds what its own tools need to bring the trees to their places.

Everything is staged first and put in place at once; what is as it should be is
not touched. --check and --diff write nothing, and exit with status 1 if there
is a difference.

What a run has read and written is remembered below $XDG_CACHE_HOME/fedstone, by
digests. Where that is all the same, a later --check reads the files and need not
render again; --no-cache has it rendered all the same.`,
		Flags: append([]cli.Flag{
			fileFlag(),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write below the folder `DIR`"},
			&cli.BoolFlag{Name: "offline", Usage: "use saved discovery documents (metadata:) only, no network"},
			&cli.StringFlag{Name: "controller", Usage: "render for the controller `NAME` alone, into DIR itself"},
			&cli.BoolFlag{Name: "check", Usage: "say which files are not as they should be, and write nothing"},
			&cli.BoolFlag{Name: "no-cache", Usage: "render anew for --check whatever an earlier run has found, and remember nothing"},
			&cli.BoolFlag{Name: "diff", Usage: "show what would change, secrets as marks, and write nothing"},
			&cli.BoolFlag{Name: "explain", Usage: "say which strategy verifies bearer tokens and why, and write nothing"},
			&cli.BoolFlag{Name: "prune", Usage: "remove files of an earlier run that are no longer produced"},
			&cli.StringFlag{Name: "base", Usage: "the `FILE` with Keystone's virtual host that layout merge or include is fitted to; default: the one that is there"},
			&cli.BoolFlag{Name: "unmerge", Usage: "take out what layout merge wrote, and do nothing else"},
			&cli.StringFlag{Name: "prefix", Usage: "put `PATH` before every path of the tree inside the files: a tree that is tried where it lies"},
			allowExecFlag(), caFileFlag(), timeoutFlag(),
			formatFlag("text", "json"),
		}, outputFlags()...),
		Before: noArguments,
		Action: runRender,
	}
}

func runRender(c *cli.Context) error {
	if err := checkRenderFlags(c); err != nil {
		return err
	}
	collectSeldom()
	m := openMemory(c)
	if c.Bool("check") {
		if said, ok := m.asDescribed(); ok {
			return writeOutcomes(c, said)
		}
	}
	fed, err := loadRemembered(c, m)
	if err != nil {
		return err
	}
	if err := refuseService(c, fed); err != nil {
		return err
	}
	if c.Bool("explain") {
		return explainStrategy(c, fed)
	}
	trees, err := chooseTrees(c, fed)
	if err != nil {
		return err
	}
	bases, err := chooseBases(c, fed, trees)
	if err != nil {
		return err
	}
	if c.Bool("unmerge") {
		return unmerge(c, trees, bases)
	}
	bundle, found, err := authorities(c, fed)
	m.found(found)
	if err != nil {
		return err
	}
	documents, err := documents(c, fed)
	if err != nil {
		return err
	}
	saml, err := samlInputs(c, fed)
	if err != nil {
		return err
	}
	resolver := spec.Resolver{Dir: besideDescription(fed, "."), AllowExec: c.Bool("allow-exec"), Context: c.Context}
	for i := range trees {
		in := templates.Inputs{Documents: documents, SAML: saml, Now: time.Now(), Secrets: m.secrets(resolver), CABundle: bundle, Prefix: c.String("prefix"), Controller: trees[i].controller, Base: bases[i]}
		if trees[i].bundle, err = renderTree(c, m, fed, in); err != nil {
			return err
		}
	}
	if trees, err = withDeployment(c, fed, trees); err != nil {
		return err
	}
	if err := checkPlaces(c, fed, trees, bases); err != nil {
		return err
	}
	return finishTrees(c, m, trees)
}

func checkRenderFlags(c *cli.Context) error {
	switch {
	case c.String("output") == "" && !c.Bool("explain"):
		return usageError("render needs -o DIR; -o / installs in place")
	case c.Bool("check") && c.Bool("diff"):
		return usageError("--check and --diff: choose one")
	case (c.Bool("check") || c.Bool("diff")) && c.Bool("prune"):
		return usageError("--prune removes files, --check and --diff change nothing: choose one")
	case c.String("prefix") != "" && !filepath.IsAbs(c.String("prefix")):
		return usageError("--prefix %q: expected an absolute path", c.String("prefix"))
	}
	return nil
}

// renderTree renders for one controller. Findings are reported; with an error
// among them the command ends with status 2.
func renderTree(c *cli.Context, m *memory, fed *spec.Federation, in templates.Inputs) (*templates.Bundle, error) {
	bundle, list, err := templates.Render(fed, in)
	if err != nil {
		return nil, cli.Exit(err.Error(), exitUsage)
	}
	m.found(list)
	return bundle, reportFindings(c, list, withBase(descriptionSource(fed), in.Base))
}

// tree is one controller's output.
type tree struct {
	controller string
	dir        string
	bundle     *templates.Bundle
}

func chooseTrees(c *cli.Context, fed *spec.Federation) ([]tree, error) {
	dir, wanted := c.String("output"), c.String("controller")
	if len(fed.Controllers) == 0 && wanted == "" {
		return []tree{{dir: dir}}, nil
	}
	var all []tree
	for _, one := range fed.Controllers {
		name := one.Name.Value
		if name == wanted {
			return []tree{{controller: name, dir: dir}}, nil
		}
		all = append(all, tree{controller: name, dir: filepath.Join(dir, name)})
	}
	if wanted != "" {
		return nil, usageError("--controller %q: the description has no such controller", wanted)
	}
	return all, nil
}
