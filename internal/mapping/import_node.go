package mapping

import (
	"regexp"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/spec"
)

// below gives the mapping below a key, made where it is missing.
func below(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	inner := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	put(n, key, inner)
	return inner
}

func put(n *yaml.Node, key string, value *yaml.Node) {
	n.Content = append(n.Content, scalar(key), value)
}

func flowList(texts []spec.Text) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, t := range texts {
		n.Content = append(n.Content, scalar(t.Value))
	}
	return n
}

// plainWord needs no quotes in any YAML.
var (
	plainWord = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_.@/-]*|env\([A-Za-z_][A-Za-z0-9_.@/-]*\))$`)
	otherWord = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null)$`)
)

func scalar(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	if !plainWord.MatchString(text) || otherWord.MatchString(text) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// short writes a value in one line where it has room there.
func short(n *yaml.Node) *yaml.Node {
	const most = 100
	if n.Kind == yaml.ScalarNode {
		return n
	}
	n.Style = yaml.FlowStyle
	if text := encoded(n); len(text) > most {
		n.Style = 0
	}
	return n
}
