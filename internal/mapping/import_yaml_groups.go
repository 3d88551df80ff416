package mapping

import (
	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/spec"
)

// groupsNode gives what stands below groups: a claim alone, or a list; nil for
// none.
func groupsNode(rule spec.Rule) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	if rule.GroupsBy.Given() {
		list.Content = append(list.Content, fromNode(rule))
	}
	for _, g := range rule.Groups {
		list.Content = append(list.Content, groupNode(g))
	}
	switch {
	case len(list.Content) == 0:
		return nil
	case len(rule.Groups) == 0:
		return list.Content[0]
	}
	return list
}

func fromNode(rule spec.Rule) *yaml.Node {
	if !rule.GroupsIn.Given() {
		return scalar(rule.GroupsBy.Value)
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	put(n, "from", scalar(rule.GroupsBy.Value))
	putDomain(n, rule.GroupsIn)
	return n
}

func groupNode(g spec.RuleGroup) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	switch {
	case g.ID.Given():
		put(n, "id", scalar(g.ID.Value))
	case g.Domain.Given():
		put(n, "name", scalar(g.Name.Value))
		putDomain(n, g.Domain)
	default:
		return scalar(g.Name.Value)
	}
	return n
}

func putDomain(n *yaml.Node, d spec.Domain) {
	switch {
	case d.ID.Given():
		put(below(n, "domain"), "id", scalar(d.ID.Value))
	case d.Name.Given():
		put(n, "domain", scalar(d.Name.Value))
	}
}
