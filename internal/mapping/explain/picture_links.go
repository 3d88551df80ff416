package explain

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// rule finds a rule's box.
func (p *picture) rule(number int) *ruleBox { return &p.Rules[number-1] }

// slot gives where the line of a placeholder begins; the rule's head when no
// gate has its number.
func (b *ruleBox) slot(number int) end {
	for _, g := range b.Gates {
		if g.Slot == fmt.Sprintf("{%d}", number) {
			return end{1, g.Y + middle}
		}
	}
	return b.head()
}

func (b *ruleBox) head() end { return end{1, b.Y + ruleHead/2} }

// linkClaims draws each claim to the gates that ask for it.
func (p *picture) linkClaims() {
	at := map[string]int{}
	for _, c := range p.Claims {
		at[c.Name] = c.Y + middle
	}
	for _, rule := range p.Rules {
		for _, g := range rule.Gates {
			y := g.Y + middle
			if g.State == stopped {
				y = g.Y + stoppedPort
			}
			p.links = append(p.links, link{end{0, at[g.Name]}, end{1, y}, string(g.State),
				fmt.Sprintf("%s, rule %d: %s", finding.Printable(g.Name), rule.Number, g.State)})
		}
	}
}

// linkResults draws each placeholder, or the rule itself, to what it made.
func (p *picture) linkResults(r Report) {
	users, projects := r.givers()
	for _, rule := range r.Explanation.Rules {
		for i, local := range rule.Local {
			source := r.templates(rule.Number, i)
			place := giver{rule.Number, i}
			for _, g := range gifts(local.Given) {
				targets := p.targets(g, local.Given, place == users, place == projects)
				p.connect(rule.Number, source[g.path], targets)
			}
		}
	}
}

func (p *picture) connect(rule int, text string, targets []end) {
	box := p.rule(rule)
	from := []end{}
	for _, n := range placeholders(text) {
		from = append(from, box.slot(n))
	}
	class := "flow"
	if len(from) == 0 {
		from, class = []end{box.head()}, "fixed"
	}
	for _, a := range from {
		for _, b := range targets {
			l := link{a, b, class, fmt.Sprintf("rule %d: %s", rule, cut(finding.Printable(text), longest))}
			if !slices.ContainsFunc(p.links, func(k link) bool { return k.from == a && k.to == b }) {
				p.links = append(p.links, l)
			}
		}
	}
}

// giver is one item of a rule's local.
type giver struct{ rule, item int }

// givers says who named the user, the first, and who gave the projects, the last.
func (r Report) givers() (user, projects giver) {
	for _, rule := range r.Explanation.Rules {
		for i, local := range rule.Local {
			if given, _ := local.Given.Get("user"); user.rule == 0 {
				if o, ok := given.(engine.Object); ok && len(o) > 0 {
					user = giver{rule.Number, i}
				}
			}
			_, fixed := local.Given.Get("projects")
			_, brought := local.Given.Get("projects_json")
			if fixed || (brought && r.Schema == "3.0") {
				projects = giver{rule.Number, i}
			}
		}
	}
	return user, projects
}
