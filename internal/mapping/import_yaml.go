package mapping

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/spec"
)

// providerIndent is how far the keys of an identity provider are indented in
// federation.yaml, ruleIndent its rules.
const (
	providerIndent = "    "
	ruleIndent     = providerIndent + "  "
)

// YAML gives domain and rules as they are pasted below an identity provider,
// with comments about what they were made of and what was left out.
func (m Imported) YAML() string {
	top := &yaml.Node{Kind: yaml.MappingNode}
	if m.Domain != "" {
		put(top, "domain", scalar(m.Domain))
	}
	rules := &yaml.Node{Kind: yaml.SequenceNode}
	for i, rule := range m.Rules {
		n := ruleNode(rule)
		n.HeadComment = m.comment(i)
		rules.Content = append(rules.Content, n)
	}
	put(top, "rules", rules)
	return indented(m.head() + encoded(top) + m.tail())
}

func encoded(n *yaml.Node) string {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(n); err != nil {
		panic("mapping: a tree of strings cannot be written as YAML: " + err.Error())
	}
	return b.String()
}

func indented(text string) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) != "" {
			lines[i] = providerIndent + line
		}
	}
	return strings.Join(lines, "")
}

func ruleNode(rule spec.Rule) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	if len(rule.When) > 0 {
		put(n, "when", short(whenNode(rule.When)))
	}
	if rule.User != nil {
		put(n, "user", short(userNode(*rule.User)))
	}
	if groups := groupsNode(rule); groups != nil {
		put(n, "groups", short(groups))
	}
	if rule.GroupIDs.Given() {
		put(n, "group_ids", scalar(rule.GroupIDs.Value))
	}
	for _, f := range rule.Filters {
		key := map[bool]string{false: "only", true: "except"}[f.Except]
		if f.Matches {
			put(below(below(n, key), f.Claim.Value), "matches", flowList(f.Values))
		} else {
			put(below(n, key), f.Claim.Value, flowList(f.Values))
		}
	}
	if len(rule.Projects) > 0 {
		put(n, "projects", projectsNode(rule.Projects))
	}
	return n
}

func whenNode(all []spec.Condition) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, c := range all {
		put(below(n, c.Claim.Value), string(c.Op), flowList(c.Values))
	}
	return n
}

func userNode(u spec.User) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, part := range []struct {
		key   string
		value spec.Text
	}{{"name", u.Name}, {"id", u.ID}, {"email", u.Email}, {"type", u.Type}} {
		if part.value.Given() {
			put(n, part.key, scalar(part.value.Value))
		}
	}
	putDomain(n, u.Domain)
	return n
}

func projectsNode(all []spec.Grant) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, g := range all {
		one := &yaml.Node{Kind: yaml.MappingNode}
		put(one, "name", scalar(g.Project.Value))
		put(one, "roles", flowList(g.Roles))
		n.Content = append(n.Content, short(one))
	}
	return n
}
