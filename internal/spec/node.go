package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pattern"
	"gopkg.in/yaml.v3"
)

// loader walks the nodes of one document and collects what is wrong with it.
type loader struct {
	src    *source
	list   finding.List
	hidden []finding.Range // what must not be shown in an excerpt
	begin  string          // the hint for an empty file
	iam    bool            // the platform is a cloud's identity service
}

// reader reads one node into the place it was made for.
type reader func(*loader, *yaml.Node)

func (l *loader) fail(slug string, at finding.Range, message, hint string) {
	l.add(finding.Finding{Slug: slug, Severity: finding.Error, At: at, Message: message, Hint: hint})
}

func (l *loader) warn(slug string, at finding.Range, message, hint string) {
	l.add(finding.Finding{Slug: slug, Severity: finding.Warning, At: at, Message: message, Hint: hint})
}

// add keeps the list bounded: nobody reads more, and a hostile file could make
// millions.
func (l *loader) add(f finding.Finding) {
	switch {
	case len(l.list) < maxFindings:
		l.list = append(l.list, f)
	case len(l.list) == maxFindings:
		l.list = append(l.list, finding.Finding{Slug: "too-many-findings", Severity: finding.Error,
			At: finding.Range{Path: l.src.path}, Message: fmt.Sprintf("more than %d findings; the rest is not listed", maxFindings)})
	}
}

// plain refuses what makes YAML more than a tree of values: aliases, anchors,
// merge keys, tags, and depth. It reports whether the tree may be walked.
func (l *loader) plain(n *yaml.Node, depth int) bool {
	if depth > maxDepth {
		l.fail("too-deep", l.src.of(&yaml.Node{Kind: yaml.ScalarNode, Line: n.Line, Column: n.Column}),
			fmt.Sprintf("values are nested deeper than %d", maxDepth), "")
		return false
	}
	l.refuse(n)
	for _, child := range n.Content {
		if !l.plain(child, depth+1) {
			return false
		}
	}
	return true
}

func (l *loader) refuse(n *yaml.Node) {
	place := func() finding.Range {
		start := l.src.at(n.Line, n.Column).Byte
		return l.src.span(start, start+1)
	}
	switch {
	case n.Kind == yaml.AliasNode:
		l.fail("yaml-alias", l.src.of(n), "an alias (*name) is used, expected the value itself", "write the value out")
	case n.Anchor != "":
		l.fail("yaml-anchor", place(), "an anchor (&name) is used, expected a plain value", "delete the anchor")
	case n.Tag == "!!merge":
		l.fail("yaml-merge", place(), "a merge key (<<) is used, expected the keys themselves", "write the keys out")
	case foreignTag(n):
		l.fail("yaml-tag", place(), fmt.Sprintf("the tag %s is not allowed", short(n.Tag)), "delete the tag")
	}
}

// foreignTag reports a tag beyond those of JSON's types.
func foreignTag(n *yaml.Node) bool {
	core := []string{"!!str", "!!int", "!!seq", "!!map", "!!bool", "!!float", "!!null"}
	return n.Style&yaml.TaggedStyle != 0 && !slices.Contains(core, n.ShortTag())
}

// kind reports whether the node is a mapping or sequence, with a finding where
// it is something else.
func (l *loader) kind(n *yaml.Node, want yaml.Kind, what string) bool {
	switch {
	case n.Kind == want:
		return true
	case n.Kind == yaml.AliasNode: // reported by refuse
	case n.ShortTag() == "!!null":
		l.empty(n, what)
	default:
		l.wrongType(n, what, map[yaml.Kind]string{yaml.MappingNode: "a mapping", yaml.SequenceNode: "a list"}[want])
	}
	return false
}

func (l *loader) empty(n *yaml.Node, what string) {
	l.fail("empty-value", l.src.of(n), what+" has no value", "give one or delete the key")
}

func (l *loader) wrongType(n *yaml.Node, what, want string) {
	l.fail("wrong-type", l.src.of(n), fmt.Sprintf("%s is %s, expected %s", what, typeName(n), want), "")
}

func typeName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	names := map[string]string{"!!int": "an integer", "!!float": "a number", "!!bool": "a boolean",
		"!!timestamp": "a date", "!!null": "empty", "!!merge": "a merge key"}
	if name, ok := names[n.ShortTag()]; ok {
		return name
	}
	return "a string"
}

// Plain words and figures that other YAML readers (1.1: PyYAML, so Ansible) take
// for booleans or for base-60 numbers, though yaml.v3 leaves them strings.
var (
	wordBoolean = pattern.Lazy(`^(?i:yes|no|on|off)$`)
	sexagesimal = pattern.Lazy(`^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+$`)
)

// str gives the string that a node holds, or false after a finding.
func (l *loader) str(n *yaml.Node, what string) (Text, bool) {
	switch {
	case n.Kind == yaml.AliasNode || foreignTag(n): // reported by refuse
		return Text{}, false
	case n.Kind != yaml.ScalarNode:
		l.wrongType(n, what, "a string")
	case n.ShortTag() == "!!null", n.Value == "":
		l.empty(n, what)
	case n.ShortTag() != "!!str":
		l.quoteIt(n, what, typeName(n))
	case n.Style == 0 && len(n.Value) <= len("off") && wordBoolean().MatchString(n.Value):
		l.quoteIt(n, what, "a boolean to other YAML readers")
	case n.Style == 0 && sexagesimal().MatchString(n.Value):
		l.quoteIt(n, what, "a base-60 number to other YAML readers")
	default:
		return Text{Value: n.Value, At: l.src.of(n)}, l.sane(n, what)
	}
	return Text{}, false
}

func (l *loader) quoteIt(n *yaml.Node, what, seen string) {
	l.fail("needs-quotes", l.src.of(n), fmt.Sprintf("%s %s is %s, expected a string: quote it", what, show(n.Value), seen),
		strconv.Quote(n.Value))
}

// sane refuses what would mean something in one of the files that the string may
// reach: httpd expands ${…} and evaluates %{…}, kolla and Ansible expand {{…}} and
// {%…%} and take {#…#} away, httpd runs what follows exec:.
func (l *loader) sane(n *yaml.Node, what string) bool {
	if i := strings.IndexFunc(n.Value, func(r rune) bool { return hostile(r) || r == '\n' || r == '\t' }); i >= 0 {
		r := []rune(n.Value[i:])[0]
		l.fail("control-character", l.src.of(n), fmt.Sprintf("%s holds the character U+%04X", what, r), "delete it")
		return false
	}
	if len(n.Value) > maxString {
		l.fail("too-long", l.src.of(n), fmt.Sprintf("%s has %d bytes, expected at most %d", what, len(n.Value), maxString), "")
		return false
	}
	return l.inert(n, what)
}

func (l *loader) inert(n *yaml.Node, what string) bool {
	for _, trick := range []struct{ text, does string }{
		{"${", "httpd expands it"}, {"%{", "httpd evaluates it"},
		{"{{", "deployment tools expand it as a template"}, {"{%", "deployment tools expand it as a template"}, {"{#", "deployment tools take it away as a comment"},
	} {
		if strings.Contains(n.Value, trick.text) {
			l.fail("template-syntax", l.src.of(n), fmt.Sprintf("%s holds %q: %s", what, trick.text, trick.does), "write the value itself")
			return false
		}
	}
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(n.Value)), "exec:") {
		l.fail("exec-prefix", l.src.of(n), what+" begins with exec:, which makes httpd run a program", "")
		return false
	}
	return true
}

// show quotes foreign text for a message, shortened.
func show(text string) string { return strconv.Quote(short(text)) }

func short(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
