package spec

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"gopkg.in/yaml.v3"
)

// key is one key of a mapping in federation.yaml. The tables of keys are what
// the JSON Schema is compared with.
type key struct {
	name    string
	example string // not empty: the key is required, and this would be a value
	read    reader
}

// object reads a mapping by its table. what names the mapping in messages; at,
// where not nil, takes its place.
func object(what string, at *finding.Range, table []key) reader {
	return func(l *loader, n *yaml.Node) {
		if at != nil {
			*at = l.src.of(n)
		}
		if !l.kind(n, yaml.MappingNode, what) {
			return
		}
		given := map[string]bool{}
		l.pairs(n, what, func(name Text, v *yaml.Node) {
			given[name.Value] = true
			l.value(what, table, name, v)
		})
		l.missing(n, what, table, given)
	}
}

func (l *loader) value(what string, table []key, name Text, v *yaml.Node) {
	for _, k := range table {
		if k.name == name.Value {
			k.read(l, v)
			return
		}
	}
	if secretName().MatchString(name.Value) && v.Kind != yaml.MappingNode {
		l.hide(v)
	}
	l.unknownKey(what, names(table), name)
}

func names(table []key) []string {
	var out []string
	for _, k := range table {
		out = append(out, k.name)
	}
	return out
}

func (l *loader) unknownKey(what string, known []string, name Text) {
	near := nearest(name.Value, known)
	if strings.EqualFold(near, name.Value) {
		l.fail("key-case", name.At, fmt.Sprintf("key %s in %s differs from %q by case", show(name.Value), what, near), near)
		return
	}
	hint := "known: " + strings.Join(known, ", ")
	if near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	l.fail("unknown-key", name.At, fmt.Sprintf("unknown key %s in %s", show(name.Value), what), hint)
}

// nearest is finding.Nearest with what YAML files get wrong besides letters:
// hyphen for underscore, case, and the name of a mapping joined to its key
// (client_secret for client: {secret: …}).
func nearest(name string, known []string) string {
	if len(name) > maxID {
		return ""
	}
	plain := strings.ReplaceAll(name, "-", "_")
	for _, k := range known {
		if strings.EqualFold(k, plain) || strings.EqualFold(k, name) {
			return k
		}
	}
	if near := finding.Nearest(name, known); near != "" {
		return near
	}
	for _, k := range known {
		if strings.HasPrefix(plain, k+"_") || strings.HasSuffix(plain, "_"+k) {
			return k
		}
	}
	return ""
}

func (l *loader) missing(n *yaml.Node, what string, table []key, given map[string]bool) {
	start := l.src.at(n.Line, n.Column).Byte
	at := l.src.span(start, start+1)
	if len(n.Content) > 0 {
		at = l.src.of(n.Content[0])
	}
	for _, k := range table {
		if k.example != "" && !given[k.name] {
			l.fail("missing-key", at, fmt.Sprintf("%s lacks the key %q", what, k.name), k.name+": "+k.example)
		}
	}
}

// pairs visits the keys of a mapping in the file's order, each once; a second
// one of the same name is a finding, and so is a key that is not a string.
func (l *loader) pairs(n *yaml.Node, what string, visit func(Text, *yaml.Node)) {
	first := map[string]finding.Range{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Tag == "!!merge" { // reported by refuse
			continue
		}
		name, ok := l.str(n.Content[i], "a key of "+what)
		if !ok {
			continue
		}
		if at, twice := first[name.Value]; twice {
			l.duplicateKey(what, name, at)
			continue
		}
		first[name.Value] = name.At
		visit(name, n.Content[i+1])
	}
}

func (l *loader) duplicateKey(what string, name Text, first finding.Range) {
	l.add(finding.Finding{Slug: "duplicate-key", Severity: finding.Error, At: name.At,
		Message: fmt.Sprintf("key %s stands twice in %s", show(name.Value), what),
		Hint:    "delete one of the two",
		Related: []finding.Related{{Message: "the first one is here", At: first}}})
}
