package explain

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

func (p *picture) placeClaims(r Report) {
	y := headHeight
	for _, name := range r.types() {
		box := claimBox{Variable: Variable{Name: name, Missing: true}, Y: y}
		if known := r.variable(name); known != nil {
			box.Variable = *known
		}
		box.Shown = cut(finding.Printable(claims.Shown(box.Value)), 4*longest)
		p.Claims = append(p.Claims, box)
		y += boxHeight + gap
	}
	p.More = more(r.unread())
	if p.More != "" {
		y += boxHeight + gap
	}
	p.claimsHeight = y
}

// more names some of the variables that no rule reads.
func more(all []Variable) string {
	var names []string
	for _, v := range all[:min(mostUnread, len(all))] {
		names = append(names, value(v.Name))
	}
	if n := len(all) - mostUnread; n > 0 {
		names = append(names, fmt.Sprintf("%d more", n))
	}
	return joined(names)
}

func (p *picture) placeRules(r Report) {
	y := headHeight
	for _, rule := range r.Explanation.Rules {
		box := r.ruleBox(rule, y)
		p.Rules = append(p.Rules, box)
		y += box.H + gap
	}
	p.rulesHeight = y
}

// ruleBox stacks a rule's head, its gates, what giving raised, and its notes.
func (r Report) ruleBox(rule engine.RuleTrace, y int) ruleBox {
	box := ruleBox{
		Number: rule.Number, Line: r.place(rule).Start.Line, Holds: rule.Holds, Reached: rule.Reached,
		Fails: r.fails(rule), Raised: r.raised(rule), Notes: notes(rule), Y: y,
	}
	at := y + ruleHead
	for i, g := range r.gates(rule) {
		h := boxHeight
		if g.State == stopped {
			h = stopHeight + stopLine*g.Lines()
		}
		box.Gates = append(box.Gates, gateBox{g, fmt.Sprintf("%d.%d", rule.Number, i+1), at, h})
		at += h
	}
	at += noteHeight * len(box.Notes)
	if box.Raised != "" {
		at += raisedHeight
	}
	box.H = at + ruleFoot - y
	return box
}

func (p *picture) placeResults(r Report) {
	y := headHeight
	for _, item := range some(r.results(), mostBoxes) {
		box := resultBox{result: item, Y: y, H: boxHeight}
		if item.Kind == "user" {
			box.Rows = r.userRows()
			box.H = ruleHead + len(box.Rows)*rowHeight + ruleFoot
		}
		p.Results = append(p.Results, box)
		y += box.H + gap
	}
	if len(p.Results) == 0 {
		y += endHeight
	}
	p.resultsHeight = y
}

// userRows gives the properties of a user, name first; a domain is one property.
func (r Report) userRows() []resultRow {
	user := r.Explanation.Mapped.User
	rows := []resultRow{}
	for _, f := range user {
		text := cut(finding.Printable(claims.Shown(scalar(f.Value))), longest)
		if f.Key == "domain" {
			text = domain(f.Value)
		}
		rows = append(rows, resultRow{f.Key, text})
	}
	if r.Next != nil && r.Next.User.ID != "" {
		rows = append(rows, resultRow{"user id", r.Next.User.ID})
	}
	slices.SortStableFunc(rows, func(a, b resultRow) int { return rank(a.Key) - rank(b.Key) })
	return rows
}

// rank orders a user's properties; those that are not listed stand at the end.
func rank(key string) int {
	return -slices.Index([]string{"domain", "email", "id", "name"}, key)
}
