package explain

import (
	"encoding/json"
	"io"

	"github.com/fedstone/fedstone/internal/claims"
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
		Mapped: r.Explanation.Mapped, Error: r.errorJSON(), Rules: []ruleJSON{}, Environment: []Variable{},
		Unread: []string{}, Next: r.Next, Findings: []map[string]any{},
	}
	if u := r.Explanation.Undecidable; u != nil {
		d.Undecidable = &u.Reason
	}
	for _, rule := range r.Explanation.Rules {
		d.Rules = append(d.Rules, r.ruleJSON(rule))
	}
	d.fill(r)
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(d)
}

// fill adds what stands around the rules.
func (d *document) fill(r Report) {
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
}

func (r Report) errorJSON() *errorJSON {
	e := r.Explanation.Error
	switch {
	case r.Refused != nil:
		return &errorJSON{Class: "Unauthorized", Status: 401, Message: r.Refused.Reason, AnsweredBy: r.Refused.By}
	case e == nil:
		return nil
	}
	return &errorJSON{e.Class, e.Status, e.Message, e.Rule, e.At.Start.Line, e.At.Start.Column, "keystone"}
}
