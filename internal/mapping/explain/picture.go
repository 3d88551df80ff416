package explain

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
