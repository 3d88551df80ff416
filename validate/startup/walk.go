package startup

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// problem is one command that httpd refuses, and the tree that it stands in.
type problem struct {
	walkcheck.Problem
	Tree *subject.Tree
}

// problems gives the problems of a kind in all trees. Of a part of a configuration
// modules are taken as loaded elsewhere, so that a name is unknown only where it is
// near a known one.
func problems(p *rule.Pass, kind walkcheck.Kind) []problem {
	var out []problem
	for _, t := range p.Trees {
		for _, one := range t.Problems() {
			if one.Kind == kind {
				out = append(out, problem{one, t})
			}
		}
	}
	return out
}

// otherVersion finds a directive in the tables of all versions of the module.
func otherVersion(name string) (d platform.Directive, ok bool) {
	for _, version := range platform.Versions() {
		table, _ := platform.TableFor(version)
		if found, has := table.Lookup(name); has {
			d, ok = found, true
		}
	}
	return d, ok
}

// lacking gives the commands of directives that some version of mod_auth_openidc
// has, and the target's has not. Where its version is unknown there are none.
func lacking(p *rule.Pass, test func(d platform.Directive, module string) bool, report func(t *subject.Tree, at *httpdconf.Command, d platform.Directive)) {
	for _, t := range p.Trees {
		if t.Module == "" {
			continue
		}
		for _, key := range ofModule(t) {
			if d, known := otherVersion(key); known && test(d, t.Module) {
				for _, at := range t.Commands(key) {
					report(t, at, d)
				}
			}
		}
	}
}

// ofModule gives the names of a tree that only mod_auth_openidc can have.
func ofModule(t *subject.Tree) []string {
	var out []string
	for _, key := range t.Keys() {
		if strings.HasPrefix(key, "oidc") {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// strangers gives the commands of a part of a configuration that are named like
// mod_auth_openidc's and that no version of it has: what loads the module is not at
// hand, but nothing else can bring them.
func strangers(t *subject.Tree) []*httpdconf.Command {
	var out []*httpdconf.Command
	if !t.Part {
		return nil
	}
	for _, key := range ofModule(t) {
		if _, known := otherVersion(key); !known {
			out = append(out, t.Commands(key)...)
		}
	}
	return out
}

// meant gives the directive of mod_auth_openidc that a name is near to.
func meant(name string) string {
	table, _ := platform.TableFor(platform.Versions()[len(platform.Versions())-1])
	var names []string
	for _, d := range table.All() {
		names = append(names, d.Name)
	}
	return finding.Nearest(name, names)
}

func unknownHint(near string, modules []string) string {
	if near != "" {
		return "did you mean " + near + "?"
	}
	if len(modules) > 0 {
		return "load " + strings.Join(modules, " or ")
	}
	return "remove the line, or load the module that brings it"
}

// spelling mends a name that is near a known one, where that is certain enough: of a
// section the closing tag would have to be mended, too.
func spelling(c *httpdconf.Command, near string) *finding.Fix {
	if near == "" || c.Section || c.Unit().Source == nil {
		return nil
	}
	at := c.At()
	name := finding.Range{Path: at.Path, Start: at.Start, End: at.Start}
	name.End.Byte += len(c.Name)
	name.End.Column += len([]rune(c.Name))
	return &finding.Fix{Title: "write " + near, Edits: []finding.Edit{{At: name, Text: near}}}
}

func placeHint(c *httpdconf.Command) string {
	switch {
	case !strings.HasPrefix(c.Key(), "oidc"):
		return "move the line to where it may stand"
	case strings.HasPrefix(c.Key(), "oidcprovider") || c.Is("OIDCClientID") || c.Is("OIDCClientSecret"):
		return "move the line out of the section, to the virtual host; several providers are done with OIDCMetadataDir"
	}
	return "move the line out of the section, to the virtual host"
}

func countHint(one walkcheck.Problem) string {
	c, words := one.Command, one.Command.Argv()
	switch {
	case strings.HasSuffix(one.Message, " must be On or Off"):
		return "# one of\n" + c.Name + " On\n" + c.Name + " Off"
	case len(words) == 0:
		return "remove the line, or give it a value"
	}
	return c.Name + ` "` + strings.Join(words, " ") + `"`
}

// quoted puts the arguments of a directive that takes one list into quotes.
func quoted(c *httpdconf.Command) *finding.Fix {
	words := c.Words()
	if !c.Is("OIDCScope") && !c.Is("OIDCMemCacheServers") && !c.Is("OIDCResponseType") || len(words) < 2 || strings.Contains(c.RawArgs(), `"`) {
		return nil
	}
	return subject.Reword("put the list in quotes", c, 0, len(words), `"`+c.RawArgs()+`"`)
}
