package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// head tells what the rules were made of, and what of the whole mapping is lost.
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

// tail tells what was left out behind the last rule.
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
