package templates

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// Base is a configuration file that somebody else keeps: the layouts merge and include fit what
// they write to its vhost.
type Base struct {
	Path   string // as the user knows it: findings have it
	Name   string // as httpd names it: an absolute path
	Target string // where on the target it lies, links resolved: what is merged is written there
	Text   []byte
	// Kept says that Text is what lies at Target now. Write changes the file only while it is.
	Kept bool

	// Main is the main file of the tree that Name lies in, with Options for
	// httpdconf.Load. With "" the file is all there is, and what it includes is unknown.
	Main    string
	Options httpdconf.Options
}

// adopted is a Base that was understood. Places in text are those of the file, since what an
// earlier run merged is blank in it.
type adopted struct {
	base   Base
	blocks []block // of an earlier run
	text   []byte
	tree   *httpdconf.Tree
	config *effective.Config
	host   *effective.Server // that Keystone is served by
	found  finding.List

	outside map[finding.Range]bool // Includes of files that are not at hand
}

// encoded says what a text begins with that httpd does not read; "" for nothing.
func encoded(text []byte) string {
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return "the file begins with a byte order mark, which httpd takes for a part of its first directive"
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return "the file is in UTF-16, of which httpd reads nothing"
	}
	return ""
}

// adopt reads a base; others are texts in the place of further files of its tree. The error is
// for a tree that cannot be read.
func adopt(b Base, others map[string][]byte) (*adopted, error) {
	a := &adopted{base: b, outside: map[finding.Range]bool{}}
	if what := encoded(b.Text); what != "" {
		a.find("merge-base", finding.Range{Path: b.Path, Start: finding.Pos{Line: 1, Column: 1}}, what, "save it as UTF-8 without a byte order mark")
		return a, nil
	}
	a.blocks, a.found = markers(b.Path, b.Text)
	if a.found.HasErrors() {
		return a, nil
	}
	a.text = blanked(b.Text, a.blocks)
	texts := map[string][]byte{b.Name: a.text}
	maps.Copy(texts, others)
	var err error
	if a.tree, a.config, err = a.load(texts); err != nil || a.base.Main == "" || a.read() {
		return a, err
	}
	a.base.Main, a.found = "", nil // the tree does not include it
	a.tree, a.config, err = a.load(texts)
	return a, err
}

// read reports whether the file is a part of the tree.
func (a *adopted) read() bool {
	return slices.ContainsFunc(a.tree.Sources, func(s *httpdconf.Source) bool { return s.Path == a.base.Name })
}

// load reads the tree with texts in the place of files. What httpd would refuse in it is found.
func (a *adopted) load(texts map[string][]byte) (*httpdconf.Tree, *effective.Config, error) {
	main, o := a.base.Main, a.base.Options
	files := o.Files
	if main == "" {
		main, files, o.Part = a.base.Name, nowhere{}, true
	}
	o.Files = overlay{files, texts, map[string]string{a.base.Name: a.base.Path}}
	tree, list, err := httpdconf.Load(main, o)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", a.base.Path, err)
	}
	for _, f := range list {
		a.outside[f.At] = a.outside[f.At] || f.Slug == "httpd-include-outside"
		if f.Severity == finding.Error {
			a.found = append(a.found, f)
		}
	}
	config, _ := effective.New(tree)
	return tree, config, nil
}

func (a *adopted) find(slug string, at finding.Range, message, hint string, related ...finding.Related) {
	a.found = append(a.found, finding.Finding{Slug: slug, Severity: finding.Error, At: at, Message: message, Hint: hint, Related: related})
}

// original gives the text that an earlier run found.
func (a *adopted) original() []byte { return without(a.base.Text, a.blocks) }

// inOriginal turns a place of the file into one of the original.
func (a *adopted) inOriginal(at int) int {
	cut := 0
	for _, b := range a.blocks {
		if b.to <= at {
			cut += b.to - b.from
		}
	}
	return at - cut
}

// lineStart is where the line of a place begins.
func lineStart(text []byte, at int) int { return bytes.LastIndexByte(text[:at], '\n') + 1 }

// inBase reports whether a command is written in the file itself.
func (a *adopted) inBase(c *httpdconf.Command) bool {
	source := c.Unit().Source
	return source != nil && source.Path == a.base.Name
}
