package mapping

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
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

func (m Imported) head() string {
	var types []string
	for _, t := range m.Types {
		types = append(types, finding.Printable(t))
	}
	text := fmt.Sprintf("# Imported from %s, for below an identity provider of federation.yaml.\n# Its rules read %s.\n", finding.Printable(m.Path), strings.Join(types, ", "))
	for _, what := range m.drops {
		text += "# Left out: " + finding.Printable(what) + "\n"
	}
	if slices.ContainsFunc(m.Rules, asksForPresence) {
		text += fmt.Sprintf("# matches: [%q] asks only that the claim is there.\n", anything)
	}
	return text
}

func asksForPresence(rule spec.Rule) bool {
	return slices.ContainsFunc(rule.When, func(c spec.Condition) bool {
		return c.Op == spec.Matches && len(c.Values) == 1 && c.Values[0].Value == anything
	})
}

// comment tells what was left out before a rule, and of it.
func (m Imported) comment(i int) string {
	after := 0
	if i > 0 {
		after = m.from[i-1].number
	}
	return m.leftBetween(after, m.from[i].number) + m.from[i].comment()
}

func (m Imported) tail() string {
	after := 0
	if len(m.from) > 0 {
		after = m.from[len(m.from)-1].number
	}
	return m.leftBetween(after, len(m.from)+len(m.left)+after+1)
}

func (m Imported) leftBetween(after, before int) string {
	text := ""
	for _, r := range m.left {
		if after < r.number && r.number < before {
			text += r.comment()
		}
	}
	return text
}

func (r *ruleImport) comment() string {
	text := ""
	for i, what := range r.drops {
		if i == 0 && r.lost {
			text += fmt.Sprintf("# Rule %d (line %d) is left out:\n", r.number, r.at.Start.Line)
		} else if i == 0 {
			text += fmt.Sprintf("# Rule %d (line %d), without what it says of:\n", r.number, r.at.Start.Line)
		}
		text += "#   it " + finding.Printable(what) + "\n"
	}
	return text
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
	for _, f := range rule.Filters {
		key := map[bool]string{false: "only", true: "except"}[f.Except]
		put(below(n, key), f.Claim.Value, flowList(f.Values))
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
	}{{"name", u.Name}, {"id", u.ID}, {"email", u.Email}} {
		if part.value.Given() {
			put(n, part.key, scalar(part.value.Value))
		}
	}
	return n
}

func groupsNode(rule spec.Rule) *yaml.Node {
	switch {
	case len(rule.Groups) > 0 && rule.GroupsBy.Given():
		return flowList(append([]spec.Text{rule.GroupsBy}, rule.Groups...))
	case len(rule.Groups) > 0:
		return flowList(rule.Groups)
	case rule.GroupsBy.Given():
		return scalar(rule.GroupsBy.Value)
	}
	return nil
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
	plainWord = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.@/-]*$`)
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
