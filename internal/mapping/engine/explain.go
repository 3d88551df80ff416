package engine

// Explanation is an outcome and how it came about.
type Explanation struct {
	Outcome
	Rules []RuleTrace // one for each rule, in order
}

// RuleTrace says what became of one rule.
type RuleTrace struct {
	Number  int // counted from 1
	At      Place
	Holds   bool
	Reached bool // false behind a rule that raised
	Remote  []RequirementTrace
	Local   []LocalTrace // what it gave, if it holds
}

// RequirementTrace says what became of one item of a rule's remote.
type RequirementTrace struct {
	Type        string
	Kind        Kind
	Regex       bool
	At          Place
	Wanted      []any    // the listed values; nil for a direct entry
	Placeholder int      // the number that stands for it; -1 when it has none
	Reached     bool     // false behind a requirement that does not hold
	Present     bool     // whether the environment has the type
	Values      []string // what came, split at ";"
	Kept        []string // what the placeholder stands for
	Chance      bool     // Kept is in the order of a set
	Holds       bool
	Raised      string // the exception, or why it cannot be decided
	Nearest     string // a type or a value that came and is nearly the wanted one
	NearestTo   string // the wanted one it is near to
}

// LocalTrace says what one item of a rule's local gave.
type LocalTrace struct {
	At    Place
	Given Object   // a text that is left to chance is given as its reason
	Notes []string // what of it was passed over, and why
}

// Place is where a value stands in the mapping: line and column from 1, and the
// byte from 0.
type Place struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Byte   int `json:"byte"`
}

// Explain does what Process does, and keeps what happened on the way.
func (p *Processor) Explain(env map[string]string) Explanation {
	t := newTracer(p)
	l := p.login(env)
	out := Explanation{}
	if err := l.apply(t); err != nil {
		out.Outcome = outcome(err)
	} else if mapped, err := l.transform(t); err != nil {
		out.Outcome = outcome(err)
	} else {
		out.Outcome = Outcome{Mapped: mapped}
	}
	t.nearest(env)
	out.Rules = t.rules
	return out
}

// tracer keeps what happens to rules. A nil tracer keeps nothing.
type tracer struct {
	rules []RuleTrace
}

func newTracer(p *Processor) *tracer {
	t := &tracer{}
	for i, rule := range p.all {
		r := RuleTrace{Number: i + 1, At: place(rule.at)}
		placeholder := 0
		for _, q := range rule.remote {
			r.Remote = append(r.Remote, untouched(q, &placeholder))
		}
		t.rules = append(t.rules, r)
	}
	return t
}

func untouched(q requirement, placeholder *int) RequirementTrace {
	r := RequirementTrace{Type: q.name, Kind: q.kind, Regex: q.isRegex(), At: place(q.at), Placeholder: -1}
	if q.counted() {
		r.Placeholder = *placeholder
		*placeholder++
	}
	for _, item := range q.list.Items() {
		r.Wanted = append(r.Wanted, plain(item))
	}
	return r
}

// rule gives the trace of a rule; nil when nothing is kept.
func (t *tracer) rule(i int) *RuleTrace {
	if t == nil {
		return nil
	}
	t.rules[i].Reached = true
	return &t.rules[i]
}

// absent notes that the environment lacks a requirement's type.
func (r *RuleTrace) absent(i int) {
	if r != nil {
		r.Remote[i].Reached = true
	}
}

// judged notes what a requirement made of the values.
func (r *RuleTrace) judged(i int, values []string, v verdict, err error) {
	if r == nil {
		return
	}
	q := &r.Remote[i]
	q.Reached, q.Present, q.Values, q.Holds = true, true, values, v.holds && err == nil
	q.Kept, q.Chance = v.arg.Values, v.arg.Chance
	if err != nil {
		q.Raised = err.Error()
	}
}

// holds notes that every requirement of a rule holds.
func (t *tracer) holds(rule int) {
	if t != nil {
		t.rules[rule].Holds = true
	}
}

// gave notes what an item of a rule's local gave.
func (t *tracer) gave(item *identity) {
	if t != nil {
		r := &t.rules[item.rule-1]
		r.Local = append(r.Local, LocalTrace{At: place(item.from.at), Given: shown(item.Object).(Object)})
	}
}

// note adds a remark to an item that a rule gave.
func (t *tracer) note(item *identity, text string) {
	local := t.rules[item.rule-1].Local
	for i := range local {
		if local[i].At == place(item.from.at) {
			local[i].Notes = append(local[i].Notes, text)
		}
	}
}

// shown replaces what only the engine knows by plain values.
func shown(v any) any {
	switch v := v.(type) {
	case Object:
		out := make(Object, len(v))
		for i, f := range v {
			out[i] = Field{f.Key, shown(f.Value)}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = shown(v[i])
		}
		return out
	case listed:
		return anys(v.arg.Values)
	case chance:
		return "undecidable: " + v.reason
	}
	return v
}
