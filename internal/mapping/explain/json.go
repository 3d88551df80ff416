package explain

import (
	"encoding/json"
	"io"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// document is the report as the command line's contract has it, version 1.
type document struct {
	Version     int              `json:"version"`
	Schema      string           `json:"schema"`
	Mapped      *engine.Mapped   `json:"mapped"`
	Error       *errorJSON       `json:"error"`
	Undecidable *string          `json:"undecidable"`
	Rules       []ruleJSON       `json:"rules"`
	Release     string           `json:"release"`
	Python      string           `json:"python"`
	Module      string           `json:"module,omitempty"`
	Notes       []string         `json:"notes,omitempty"`
	Environment []Variable       `json:"environment"`
	Unread      []string         `json:"unread"`
	Next        *engine.Next     `json:"next"`
	Findings    []map[string]any `json:"findings"`
}

type errorJSON struct {
	Class   string `json:"class"`
	Status  int    `json:"status"`
	Message string `json:"message"`
	Rule    int    `json:"rule,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`

	AnsweredBy string `json:"answered_by"` // keystone, or the module that turned the login down
}

type ruleJSON struct {
	Number  int            `json:"number"`
	At      engine.Place   `json:"at"`
	Written writtenJSON    `json:"written"` // where a person finds it
	Reached bool           `json:"reached"`
	Holds   bool           `json:"holds"`
	Remote  []requireJSON  `json:"remote"`
	Local   []giftItemJSON `json:"local"`
}

type writtenJSON struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type requireJSON struct {
	Type        string       `json:"type"`
	Kind        engine.Kind  `json:"kind"`
	Regex       bool         `json:"regex"`
	At          engine.Place `json:"at"`
	Wanted      []any        `json:"wanted"`
	Placeholder *int         `json:"placeholder"` // null for what placeholders do not count
	Reached     bool         `json:"reached"`
	Present     bool         `json:"present"`
	Values      []string     `json:"values"`
	Kept        []string     `json:"kept"`
	Chance      bool         `json:"order_is_chance"`
	Holds       bool         `json:"holds"`
	Raised      string       `json:"raised,omitempty"`
	Hints       []string     `json:"hints,omitempty"`
}

type giftItemJSON struct {
	At    engine.Place  `json:"at"`
	Given engine.Object `json:"given"`
	Notes []string      `json:"notes,omitempty"`
}

// WriteJSON writes the report as one JSON object.
func (r Report) WriteJSON(w io.Writer) error {
	d := document{
		Version: 1, Schema: r.Schema, Release: r.Release, Python: r.Python, Module: r.Module, Notes: r.Notes,
		Mapped: r.Explanation.Mapped, Rules: []ruleJSON{}, Environment: []Variable{},
		Unread: []string{}, Next: r.Next, Findings: []map[string]any{},
	}
	if e := r.Explanation.Error; e != nil {
		d.Error = &errorJSON{e.Class, e.Status, e.Message, e.Rule, e.At.Start.Line, e.At.Start.Column, "keystone"}
	}
	if r.Refused != nil {
		d.Error = &errorJSON{Class: "Unauthorized", Status: 401, Message: r.Refused.Reason, AnsweredBy: r.Refused.By}
	}
	if u := r.Explanation.Undecidable; u != nil {
		d.Undecidable = &u.Reason
	}
	for _, rule := range r.Explanation.Rules {
		d.Rules = append(d.Rules, r.ruleJSON(rule))
	}
	for _, v := range r.Environment {
		v.Value = claims.Shown(v.Value)
		d.Environment = append(d.Environment, v)
	}
	for _, v := range r.unread() {
		d.Unread = append(d.Unread, v.Name)
	}
	for _, f := range r.Findings {
		d.Findings = append(d.Findings, findingJSON(f))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(d)
}

func (r Report) ruleJSON(rule engine.RuleTrace) ruleJSON {
	at := r.place(rule)
	out := ruleJSON{Number: rule.Number, At: rule.At, Written: writtenJSON{at.Path, at.Start.Line, at.Start.Column}, Reached: rule.Reached, Holds: rule.Holds, Remote: []requireJSON{}, Local: []giftItemJSON{}}
	for _, q := range rule.Remote {
		out.Remote = append(out.Remote, r.requireJSON(q))
	}
	for _, l := range rule.Local {
		out.Local = append(out.Local, giftItemJSON{l.At, l.Given, l.Notes})
	}
	return out
}

func (r Report) requireJSON(q engine.RequirementTrace) requireJSON {
	out := requireJSON{
		Type: q.Type, Kind: q.Kind, Regex: q.Regex, At: q.At, Wanted: q.Wanted, Reached: q.Reached, Present: q.Present,
		Values: redacted(q.Values), Kept: redacted(q.Kept), Chance: q.Chance, Holds: q.Holds, Raised: q.Raised, Hints: r.gate(q).Hints,
	}
	if q.Placeholder >= 0 {
		out.Placeholder = &q.Placeholder
	}
	return out
}

// redacted hides tokens that claims hold.
func redacted(list []string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = claims.Shown(v)
	}
	return out
}

// findingJSON is a finding with the names that every report of fedstone uses.
func findingJSON(f finding.Finding) map[string]any {
	related := []map[string]any{}
	for _, r := range f.Related {
		related = append(related, map[string]any{"path": r.At.Path, "line": r.At.Start.Line, "column": r.At.Start.Column, "message": r.Message})
	}
	return map[string]any{
		"slug": f.Slug, "severity": f.Severity.String(), "message": f.Message, "hint": f.Hint,
		"path": f.At.Path, "line": f.At.Start.Line, "column": f.At.Start.Column,
		"end_line": f.At.End.Line, "end_column": f.At.End.Column, "related": related,
	}
}
