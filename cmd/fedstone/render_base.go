package main

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// largestBase bounds the file that is merged into.
const largestBase = 64 << 20

// checkBaseFlags is about --base and --unmerge, which a layout gives their sense.
func checkBaseFlags(c *cli.Context, fed *spec.Federation, trees []tree) error {
	layout := fed.HTTPD.Layout.Value
	switch {
	case c.IsSet("base") && layout == "whole":
		return usageError("--base is for the layouts merge and include; the description says layout whole (httpd: {layout: merge})")
	case c.Bool("unmerge") && layout != "merge":
		return usageError("--unmerge takes out what layout merge wrote; the description says layout %s", layout)
	case c.Bool("unmerge") && c.Bool("prune"):
		return usageError("--unmerge and --prune: choose one")
	case c.IsSet("base") && len(trees) > 1:
		return usageError("--base is the file of one controller; choose it with --controller NAME")
	}
	return nil
}

// chooseBases gives each tree its base.
func chooseBases(c *cli.Context, fed *spec.Federation, trees []tree) ([]*templates.Base, error) {
	if err := checkBaseFlags(c, fed, trees); err != nil {
		return nil, err
	}
	bases := make([]*templates.Base, len(trees))
	for i, t := range trees {
		var err error
		if bases[i], err = base(c, fed, t.dir); err != nil {
			return nil, err
		}
	}
	return bases, nil
}

// base reads the file that the layout is fitted to: the one that --base names, else the one
// that is there. It is nil for layouts that need none.
func base(c *cli.Context, fed *spec.Federation, dir string) (*templates.Base, error) {
	p, ok := platform.ByName(fed.Platform.Value)
	there := filepath.Join(dir, p.Layout.Vhost)
	switch {
	case !ok:
		return nil, nil
	case fed.HTTPD.Layout.Value == "whole":
		return nil, mergedInto(there)
	}
	name := cmp.Or(c.String("base"), there)
	text, err := input.File(name, largestBase)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !c.IsSet("base") && fed.HTTPD.Layout.Value == "include":
		return nil, nil
	case errors.Is(err, fs.ErrNotExist) && !c.IsSet("base"):
		return nil, usageError("layout merge: there is no %s to merge into; name the file with --base FILE", there)
	case errors.Is(err, fs.ErrNotExist):
		return nil, usageError("--base %s: there is no such file, expected the one with Keystone's virtual host (on the target mostly %s)", name, p.Layout.Vhost)
	case err != nil:
		return nil, cli.Exit(err.Error(), exitUsage)
	case len(text) > largestBase:
		return nil, usageError("%s is larger than %d MiB", name, largestBase>>20)
	}
	b := &templates.Base{Path: name, Name: p.Layout.Vhost, Target: p.Layout.Vhost, Text: text}
	return b, place(b, dir)
}

// mergedInto keeps layout whole from a file of which only two pieces are ours.
func mergedInto(path string) error {
	text, err := input.File(path, largestBase)
	if err != nil {
		return nil // the writer says what is wrong with it
	}
	if b, _ := templates.Unmerge(templates.Base{Path: path, Text: text}); b != nil && len(b.Files[0].Content) == len(text) {
		return nil
	}
	return usageError("%s holds pieces of layout merge, and somebody else's file around them, which layout whole would overwrite; take them out first (render --unmerge, with layout: merge), and move the file away", path)
}

// unmerge takes out what layout merge wrote.
func unmerge(c *cli.Context, trees []tree, bases []*templates.Base) error {
	for i := range trees {
		bundle, list := templates.Unmerge(*bases[i])
		if err := reportFindings(c, list, map[string][]byte{bases[i].Path: bases[i].Text}); err != nil {
			return err
		}
		trees[i].bundle = bundle
	}
	return finishTrees(c, &memory{doubtful: true}, trees)
}

// withBase adds the base to the texts that findings show lines of.
func withBase(sources map[string][]byte, b *templates.Base) map[string][]byte {
	if b == nil {
		return sources
	}
	out := map[string][]byte{b.Path: b.Text}
	maps.Copy(out, sources)
	return out
}
