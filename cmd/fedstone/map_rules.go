package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/spec"
)

// mapRules is what RULES holds, and what a description says besides.
type mapRules struct {
	doc     *engine.Document
	sources map[string][]byte
	places  []finding.Range        // of named rules, in the description; nil for a mapping of its own
	release string                 // "" for the newest
	idp     *spec.IdentityProvider // nil without a description
	target  platform.Platform      // of the description
}

// readRules reads a mapping, or the rules of a provider: federation.yaml#corp.
// A file whose name holds a # is read as the file it is.
func readRules(c *cli.Context, arg string) (mapRules, error) {
	path, idp, named := spec.SplitProvider(arg)
	if _, err := os.Stat(arg); named && err != nil {
		return providerRules(c, cmp.Or(path, "federation.yaml"), idp)
	}
	src, err := readMapping(arg, c.App.Reader)
	if err != nil {
		return mapRules{}, err
	}
	if err := wholeDescription(arg); err != nil {
		return mapRules{}, err
	}
	return parseRules(c, mapRules{}, arg, src)
}

// wholeDescription refuses a description in the place of one provider's rules.
func wholeDescription(path string) error {
	if !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)) {
		return nil
	}
	fed, _, list, err := spec.ReadFile(path, nil)
	if err != nil || list.HasErrors() || len(fed.IdentityProviders) == 0 {
		return err
	}
	return usageError("%s is a description: say whose rules, as in %s#%s", path, path, fed.IdentityProviders[0].ID.Value)
}

// readMapping reads a mapping, or standard input.
func readMapping(path string, stdin io.Reader) ([]byte, error) {
	src, err := input.Read(path, stdin, mapping.MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no such file; RULES is a mapping (JSON) or federation.yaml#IDP", path)
	}
	if err == nil && len(src) > mapping.MaxSize {
		return nil, usageError("%s: more than %d bytes, expected a mapping of at most that", path, mapping.MaxSize)
	}
	return src, err
}

func parseRules(c *cli.Context, r mapRules, path string, src []byte) (mapRules, error) {
	doc, list := engine.Read(path, src)
	r.doc, r.sources = doc, map[string][]byte{path: src}
	return r, reportFindings(c, list, r.sources)
}

// prepareRules checks the rules as Keystone does when they are stored, and makes
// a processor of them.
func prepareRules(c *cli.Context, r *mapRules) (*engine.Processor, error) {
	o := engine.On(r.target)
	o.Release, o.Schema = cmp.Or(c.String("release"), r.release), c.String("schema")
	if version, err := python.ParseVersion(c.String("python")); err == nil { // else none is named: see checkMapCall
		o.Python = version
	}
	if err := reportFindings(c, engine.Check(r.doc, o), r.sources); err != nil {
		return nil, err
	}
	p, err := engine.New(r.doc, o)
	if err != nil {
		return nil, usageError("%s", err)
	}
	return p, nil
}
