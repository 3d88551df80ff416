package spec

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pattern"
	"gopkg.in/yaml.v3"
)

// Readers of the values that the tables of keys are made of.

func text(what string, dst *Text) reader {
	return func(l *loader, n *yaml.Node) {
		if l.tokenShaped(n) {
			l.literal(n, what)
			return
		}
		if t, ok := l.str(n, what); ok {
			*dst = t
		}
	}
}

// word is text, but takes a plain number as it is written: 2024.1, 5000.
func word(what string, dst *Text) reader {
	return func(l *loader, n *yaml.Node) {
		if tag := n.ShortTag(); n.Kind == yaml.ScalarNode && (tag == "!!float" || tag == "!!int") {
			*dst = Text{Value: n.Value, At: l.src.of(n)}
			return
		}
		text(what, dst)(l, n)
	}
}

// choice is text out of a set.
func choice(what string, dst *Text, known ...string) reader {
	return func(l *loader, n *yaml.Node) {
		text(what, dst)(l, n)
		if dst.Given() {
			l.oneOf(what, *dst, known)
		}
	}
}

func (l *loader) oneOf(what string, t Text, known []string) {
	for _, k := range known {
		if k == t.Value {
			return
		}
	}
	hint := "known: " + strings.Join(known, ", ")
	if near := nearest(t.Value, known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	l.fail("unknown-value", t.At, fmt.Sprintf("%s %s is not known", what, show(t.Value)), hint)
}

// texts reads a list of different strings, of at least least.
func texts(what string, least int, dst *[]Text) reader {
	return func(l *loader, n *yaml.Node) {
		first := map[string]bool{}
		l.items(n, what, least, func(item *yaml.Node) {
			var t Text
			text("an item of "+what, &t)(l, item)
			if t.Given() && first[t.Value] {
				l.fail("duplicate-value", t.At, fmt.Sprintf("%s stands twice in %s", show(t.Value), what), "delete one")
			}
			if t.Given() && !first[t.Value] {
				*dst = append(*dst, t)
			}
			first[t.Value] = true
		})
	}
}

// items visits the items of a list.
func (l *loader) items(n *yaml.Node, what string, least int, visit func(*yaml.Node)) {
	if !l.kind(n, yaml.SequenceNode, what) {
		return
	}
	if len(n.Content) < least {
		l.fail("empty-list", l.src.of(n), what+" is empty, expected at least one item", "")
	}
	for _, item := range n.Content {
		visit(item)
	}
}

var decimal = pattern.Lazy(`^(0|[1-9][0-9]{0,9})$`)

// number reads a decimal integer between the two.
func number(what string, low, high int, dst *Number) reader {
	return func(l *loader, n *yaml.Node) {
		want := fmt.Sprintf("an integer from %d to %d", low, high)
		if n.Kind == yaml.AliasNode {
			return
		}
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || !decimal().MatchString(n.Value) {
			l.wrongType(n, what, want)
			return
		}
		value, err := strconv.Atoi(n.Value)
		if err != nil || value < low || value > high {
			l.fail("out-of-range", l.src.of(n), fmt.Sprintf("%s is %s, expected %s", what, n.Value, want), "")
			return
		}
		*dst = Number{Value: value, At: l.src.of(n)}
	}
}

// version reads the version of the file's form. There is one so far.
func version(l *loader, n *yaml.Node) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || n.Value != "1" {
		l.fail("bad-version", l.src.of(n), "the version of this file is not one that is known here, expected the number 1", "version: 1")
	}
}

// client and secret describe how a client shows who it is.
func client(what string, dst *Client, needSecret bool) reader {
	return object(what, nil, dst.keys(what, needSecret))
}

func (c *Client) keys(what string, needSecret bool) []key {
	example := ""
	if needSecret {
		example = "{env: CLIENT_SECRET}"
	}
	return []key{
		{"id", "keystone", text("the id of "+what, &c.ID)},
		{"secret", example, secretSource("the secret of "+what, &c.Secret)},
	}
}

// secretSource reads where a secret comes from. Whatever else stands there is
// taken for the secret itself: it is neither repeated nor shown.
func secretSource(what string, dst *Secret) reader {
	return func(l *loader, n *yaml.Node) {
		if n.Kind == yaml.AliasNode || n.ShortTag() == "!!null" && n.Value == "" {
			l.kind(n, yaml.MappingNode, what)
			return
		}
		dst.At = l.src.of(n)
		if n.Kind != yaml.MappingNode {
			l.literal(n, what)
			return
		}
		l.hideUnknown(n, dst.keys(what))
		object(what, nil, dst.keys(what))(l, n)
		l.oneSource(n, what)
	}
}

func (s *Secret) keys(what string) []key {
	return []key{
		{"file", "", text("the file of "+what, &s.File)},
		{"env", "", environment(what, &s.Env)},
		{"exec", "", texts("the command of "+what, 1, &s.Exec)},
	}
}

func (l *loader) hideUnknown(n *yaml.Node, table []key) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !strings.Contains(" "+strings.Join(names(table), " ")+" ", " "+n.Content[i].Value+" ") {
			l.hide(n.Content[i+1])
		}
	}
}

func (l *loader) oneSource(n *yaml.Node, what string) {
	if len(n.Content) != 2 {
		l.fail("secret-source", l.src.of(n), fmt.Sprintf("%s names %d sources, expected exactly one of file, env and exec", what, len(n.Content)/2), "{env: NAME}")
	}
}

var variable = pattern.Lazy(`^[A-Za-z_][A-Za-z0-9_]*$`)

// environment reads the name of a variable. What is no name may be the secret.
func environment(what string, dst *Text) reader {
	return func(l *loader, n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && !variable().MatchString(n.Value) && n.Value != "" {
			l.literal(n, what)
			return
		}
		text("the variable of "+what, dst)(l, n)
	}
}

func (l *loader) literal(n *yaml.Node, what string) {
	l.hide(n)
	l.fail("literal-secret", l.src.of(n), what+" seems to stand here itself, expected where to find it (it is not repeated here)",
		"{env: NAME}, {file: PATH} or {exec: [COMMAND, ARGUMENT]}; and change the secret, it has been in a file")
}

// place is the range of a node, kept where it is wanted.
func place(dst *finding.Range, read reader) reader {
	return func(l *loader, n *yaml.Node) {
		*dst = l.src.of(n)
		read(l, n)
	}
}
