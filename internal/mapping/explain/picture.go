package explain

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// Heights and places in the picture are in sixteenths of a rem. They are fixed,
// and texts are cut to fit: so lines can be drawn without a program in the page.
const (
	headHeight   = 40 // a column's heading
	boxHeight    = 48 // a claim, a group, a project, a gate that is passed
	stopHeight   = 36 // a gate that stops, besides its lines
	stopLine     = 18
	ruleHead     = 40
	noteHeight   = 28
	raisedHeight = 72
	ruleFoot     = 6
	rowHeight    = 24 // one property of the user
	endHeight    = 150
	gap          = 10
	columnGap    = 26 // between columns that stand below each other
	middle       = boxHeight / 2
	stoppedPort  = 22 // where a line meets a gate that stops
	mostUnread   = 3
	gutterWidth  = 100
	railWidth    = 56
	railLanes    = 9
	railDistance = 5
)

// picture is a login as three columns: the claims, the rules with their gates,
// and what came out; and the lines between them.
type picture struct {
	Claims  []claimBox
	More    string // claims that no rule reads
	Rules   []ruleBox
	Results []resultBox
	links   []link

	claimsHeight, rulesHeight, resultsHeight int
}

type claimBox struct {
	Variable
	Shown string
	Y     int
}

type ruleBox struct {
	Number  int
	Line    int
	Holds   bool
	Reached bool
	Fails   bool
	Gates   []gateBox
	Raised  string   // what giving raised
	Notes   []string // what was passed over, and why
	Y, H    int
}

type gateBox struct {
	gate
	ID   string // rule and place in it: 1.2
	Y, H int
}

type resultBox struct {
	result
	Rows []resultRow
	Y, H int
}

// resultRow is one property of a user.
type resultRow struct{ Key, Text string }

// end is a place that lines lead to: a column and a height in it.
type end struct{ column, y int }

// link is a line between two columns.
type link struct {
	from, to end
	class    string
	Title    string
}

// draw makes the picture of a report.
func (r Report) draw() *picture {
	p := &picture{}
	p.placeClaims(r)
	p.placeRules(r)
	p.placeResults(r)
	p.linkClaims()
	p.linkResults(r)
	return p
}

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
		box := ruleBox{Number: rule.Number, Line: r.place(rule).Start.Line, Holds: rule.Holds, Reached: rule.Reached, Fails: r.fails(rule), Y: y}
		at := y + ruleHead
		for i, g := range r.gates(rule) {
			h := boxHeight
			if g.State == stopped {
				h = stopHeight + stopLine*g.Lines()
			}
			box.Gates = append(box.Gates, gateBox{g, fmt.Sprintf("%d.%d", rule.Number, i+1), at, h})
			at += h
		}
		box.Raised, box.Notes = r.raised(rule), notes(rule)
		at += noteHeight * len(box.Notes)
		if box.Raised != "" {
			at += raisedHeight
		}
		box.H = at + ruleFoot - y
		p.Rules = append(p.Rules, box)
		y += box.H + gap
	}
	p.rulesHeight = y
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
