package explain

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// Report is one login as `fedstone map` tells of it.
type Report struct {
	Mapping     string           // the name of what holds the rules
	Claims      string           // the name of what holds the claims
	Notes       []string         // about the input: a signature that nobody checked …
	Document    *engine.Document // the rules
	Places      []finding.Range  // where each rule is written, when that is not the document
	Release     string           // of Keystone: zed, 2026.1
	Schema      string           // whose processor evaluated: 1.0, 2.0, 3.0
	Python      string           // that Keystone runs on: 3.11
	Module      string           // what made the environment; "" when it was given as it is
	Environment []Variable       // in the order in which to show it
	Explanation engine.Explanation
	Next        *engine.Next             // nil when the mapping gave nothing
	Refused     *Refused                 // set when the login does not come as far as Keystone
	Knows       func(name string) string // who sets a variable that no claim gives; "" nobody; may be nil
	Findings    finding.List

	named map[string]int   // the environment by name
	alike map[string][]int // and by claim, whatever the form and prefix of the name
}

// Variable is one entry of the environment that Keystone sees, or a claim that
// made none.
type Variable struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Claim   string `json:"claim,omitempty"` // the claim it came from
	Note    string `json:"note,omitempty"`  // why it looks so, or why it is missing
	Missing bool   `json:"missing,omitempty"`
}

// Refused is a login that httpd's module turns down itself.
type Refused struct{ By, Reason string }

// OK reports whether Keystone would let the login in, as far as the mapping and
// what is certain after it decide.
func (r Report) OK() bool {
	return r.Refused == nil && r.Explanation.Mapped != nil && (r.Next == nil || r.Next.Error == nil)
}

// place says where a rule is written.
func (r Report) place(rule engine.RuleTrace) finding.Range {
	if rule.Number <= len(r.Places) {
		return r.Places[rule.Number-1]
	}
	at := finding.Pos(rule.At)
	return finding.Range{Path: r.Mapping, Start: at, End: at}
}

// types gives the types that the rules read, each once, in their order.
func (r Report) types() []string {
	var out []string
	seen := map[string]bool{}
	for _, rule := range r.Explanation.Rules {
		for _, q := range rule.Remote {
			if !seen[q.Type] {
				seen[q.Type] = true
				out = append(out, q.Type)
			}
		}
	}
	return out
}

// unread gives the variables that came and that no rule reads. REMOTE_USER is for
// Keystone itself.
func (r Report) unread() []Variable {
	read := map[string]bool{"REMOTE_USER": true}
	for _, name := range r.types() {
		read[name] = true
	}
	var out []Variable
	for _, v := range r.Environment {
		if !v.Missing && !read[v.Name] {
			out = append(out, v)
		}
	}
	return out
}

// lost gives the claims that made no variable at all.
func (r Report) lost() []Variable {
	return slices.DeleteFunc(slices.Clone(r.Environment), func(v Variable) bool { return !v.Missing || v.Name != "" && v.Name != v.Claim })
}

// index prepares what variable and hints look up.
func (r *Report) index() {
	r.named, r.alike = map[string]int{}, map[string][]int{}
	for i, v := range r.Environment {
		if _, twice := r.named[v.Name]; !twice {
			r.named[v.Name] = i
		}
		if key := claimName(v.Name); key != "" {
			r.alike[key] = append(r.alike[key], i)
		}
	}
}

// variable finds what the environment has of a name; nil when nothing is known.
func (r Report) variable(name string) *Variable {
	i, known := r.named[name]
	if !known {
		return nil
	}
	return &r.Environment[i]
}
